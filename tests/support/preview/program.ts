import type { TestSandboxHost } from '../sandbox-host.ts';

/**
 * A program for a sandbox, in what every lab image has (Perl): `/headers` tells the request's head, `/events` sends an
 * event a second, `/page` is a page that talks to `/ws`, a WebSocket that echoes, `/forever` never ends its answer.
 */
const source = String.raw`
use IO::Socket::INET; use strict; $SIG{CHLD}='IGNORE'; $|=1;
my ($address, $port) = @ARGV;
my $listen = IO::Socket::INET->new(Listen=>64, LocalAddr=>$address, LocalPort=>$port, ReuseAddr=>1) or die $!;
sub answer { my ($to, $type, $body, @more) = @_; my $length = length $body;
  print $to join("\r\n", "HTTP/1.1 200 OK", "Content-Type: $type", "Content-Length: $length", "Connection: close", @more, "", $body); }
while (my $c = $listen->accept) {
  next if fork; close $listen; $c->autoflush(1);
  my $head = ''; while (my $line = <$c>) { last if $line =~ /^\r?\n$/; $head .= $line; }
  my ($path) = $head =~ m{^\w+ (\S+)};
  if ($path eq '/events') {
    print $c "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nConnection: close\r\n\r\n";
    for my $n (1..600) { print $c "data: $n\n\n" or last; sleep 1; }
  } elsif ($path eq '/ws' and $head =~ /Sec-WebSocket-Key: (\S+)/i) {
    my $text = $1 . '258EAFA5-E914-47DA-95CA-C5AB0DC85B11';
    my ($sum) = split / /, qx(printf %s '$text' | sha1sum);
    (my $bytes = $sum) =~ s/(..)/sprintf '\0%03o', hex $1/ge;
    chomp(my $accept = qx(printf '%b' '$bytes' | base64));
    print $c "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: $accept\r\n\r\n";
    while (read($c, my $two, 2) == 2) {
      my ($op, $length) = (ord(substr $two, 0, 1), ord(substr $two, 1, 1) & 127);
      last if $op == 0x88 or $length > 125;
      read($c, my $mask, 4); read($c, my $data, $length);
      $data ^= substr($mask x 32, 0, $length);
      print $c chr($op) . chr($length) . $data;
    }
  } elsif ($path eq '/page') {
    answer($c, 'text/html', q{<!doctype html><title>inside</title><p id=said></p><script>
      const socket = new WebSocket('ws://' + location.host + '/ws');
      socket.onopen = () => socket.send('echo of ' + location.hostname.split('-')[0]);
      socket.onmessage = event => { document.getElementById('said').textContent = event.data; };
    </script>}, 'Set-Cookie: from-inside=1; Domain=localhost; Path=/');
  } elsif ($path eq '/forever') { print $c "HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nx"; sleep 600; }
  else { answer($c, 'text/plain', $head); }
  close $c; exit;
}
`;

/** Starts it at an address and port of a sandbox; resolves once it listens. */
export async function startProgram(host: TestSandboxHost, sandboxId: string, address: string, port: number) {
  await host.asLearner(sandboxId, 'cat > /tmp/program.pl', { input: source });
  await host.asLearner(
    sandboxId,
    `setsid perl /tmp/program.pl ${address} ${port} </dev/null >/tmp/program.log 2>&1 &
     for try in $(seq 100); do curl -s -o /dev/null http://${address === '0.0.0.0' ? '127.0.0.1' : address}:${port}/ && exit 0; sleep 0.1; done
     cat /tmp/program.log >&2; exit 1`,
  );
}
