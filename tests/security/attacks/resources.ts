import { type Attack, scripted } from '../support/attack.ts';

const MiB = 1024 * 1024;

/** What is used up, each bounded so that a machine without the limit survives the try. */
export const resources: readonly Attack[] = [
  scripted({
    name: 'a fork bomb',
    fence: 'limits',
    // Children sleep and end with their parent's group; without a limit there are 1,500 of them.
    script: `perl -e '$SIG{TERM} = "IGNORE"; $n = 0; for (1 .. 1500) { my $p = fork; if (!defined $p) { print "STOPPED at $n: $!\\n"; last }
      if (!$p) { sleep 6; exit } $n++ } print "FORKED $n\\n"; sleep 3; kill "KILL", -$$' 2>&1`,
    held: /^STOPPED at \d{2,4}: Resource temporarily unavailable\nFORKED/,
    bites: /^FORKED 1500$/m,
    timeoutMs: 30_000,
  }),
  scripted({
    name: 'a fork bomb in a container that fills all of the sandbox’s processes',
    fence: null,
    script: `timeout 15 docker run --rm busybox sh -c 'n=0; while [ $n -lt 2000 ]; do sleep 5 & n=$((n+1)); done; echo FORKED 2000' 2>&1 | grep -o -m 1 "can't fork\\|FORKED 2000"; echo ENDED`,
    // The container's shell cannot fork any more; it may be that the sandbox's own cannot either.
    held: /^(?=[\s\S]*(can't fork|fork: retry))[\s\S]*ENDED/,
    bites: /FORKED 2000/,
    timeoutMs: 40_000,
  }),
  scripted({
    name: 'a memory hog',
    fence: 'limits',
    script: `(echo 1000 >/proc/self/oom_score_adj; perl -e '$| = 1; my @keep; for (1 .. 18) { push @keep, "x" x ${100 * MiB}; } print "TOOK 1800 MiB\\n"'; echo "status $?")`,
    held: /^status 137$/m,
    bites: /^TOOK 1800 MiB$/m,
    timeoutMs: 40_000,
  }),
  scripted({
    name: 'a full disk',
    fence: 'limits',
    script: `head -c ${1200 * MiB} /dev/zero >/root/big 2>/dev/null; stat -c %s /root/big | awk '{ print ($1 >= ${1200 * MiB}) ? "WROTE ALL" : "WROTE SOME" }'; rm -f /root/big
      docker run --rm busybox echo works again`,
    held: /^WROTE SOME\nworks again$/,
    bites: /^WROTE ALL$/m,
    timeoutMs: 60_000,
  }),
  scripted({
    name: 'a million inodes',
    fence: 'limits',
    script: `mkdir -p /root/inodes; perl -e 'for (1 .. 210000) { unless (open F, ">", "/root/inodes/$_") { print "STOPPED: $!\\n"; exit } close F } print "MADE ALL\\n"'; rm -rf /root/inodes`,
    held: /^STOPPED: No space left on device$/,
    bites: /^MADE ALL$/m,
    timeoutMs: 60_000,
  }),
  scripted({
    name: 'a container that logs a gigabyte',
    fence: null,
    script: `timeout 8 docker run --name log busybox sh -c 'head -c 1000000000 /dev/zero | tr "\\0" "x" | fold -w 4000' >/dev/null 2>&1
      df -m /var/lib/docker | awk 'END { print "USED", $3, "OF", $2 }'; docker rm -f log >/dev/null 2>&1; pkill -f 'fold -w' ; docker rm -f log >/dev/null 2>&1; echo OVER`,
    held: /^USED \d+ OF 1024\n[\s\S]*OVER$/,
    bites: /OF \d{5}/,
    timeoutMs: 60_000,
  }),
  {
    name: 'keys of the kernel, of which all sandboxes have one quota',
    fence: 'seccomp',
    async run(arena) {
      // Fifty show that it works; all of them would stop every sandbox of the machine where the fence is down.
      const tried = await arena.attacker(
        `perl -e 'my $k = qx(uname -m) =~ /aarch64/ ? 219 : 250; for (1 .. 50) { my $name = "belowdeck$_"; if (syscall($k, 1, $name) < 0) { print "STOPPED at $_: $!\\n"; exit } syscall($k, 8, -3, -4) } print "TOOK 50 KEYS\\n"'`,
      );
      return `${tried}\n${await arena.neighbour('docker run --rm busybox echo neighbour works')}`;
    },
    held: /^STOPPED at 1: Function not implemented\n[\s\S]*neighbour works$/,
    bites: /^TOOK 50 KEYS/,
  },
  {
    name: 'the inotify instances of the machine’s root',
    fence: null,
    async run(arena) {
      const hog = arena.attacker(
        `perl -e '$| = 1; my $i = qx(uname -m) =~ /aarch64/ ? 26 : 294; for (1 .. 20) { my $p = fork; if (!$p) { my $k = 0; for (1 .. 1000) { if (syscall($i, 0) < 0) { print "STOPPED: $!\\n"; last } $k++ } print "HELD $k\\n"; sleep 6; exit } } 1 while wait > 0' | sort | uniq -c`,
        30_000,
      );
      await new Promise(resolve => setTimeout(resolve, 4_000));
      const watch = `node -e "require('fs').watch('/tmp').close(); console.log('watch works')" 2>&1 | grep -o 'watch works\\|EMFILE' | head -1`;
      const outside = await arena.outside(watch);
      const beside = await arena.neighbour(
        `perl -e 'my $i = qx(uname -m) =~ /aarch64/ ? 26 : 294; print syscall($i, 0) < 0 ? "$!" : "watch works"'`,
      );
      return `OUTSIDE ${outside}\nBESIDE ${beside}\n${await hog}`;
    },
    held: /^OUTSIDE watch works\nBESIDE watch works\n\s*20 HELD 1000$/,
    bites: /EMFILE|Too many open files/,
  },
  scripted({
    name: 'a spree of containers',
    fence: null,
    script: `end=$((SECONDS + 12)); while [ $SECONDS -lt $end ]; do for i in 1 2 3 4 5 6; do timeout 10 docker run -d busybox sleep 99 >/dev/null 2>&1 & done; wait; done
      ls /run/containerd/io.containerd.runtime.v2.task/moby | wc -l | sed 's/^/RUNNING /'`,
    held: /^RUNNING [1-9]\d*$/,
    bites: /^RUNNING \d{4}/,
    timeoutMs: 50_000,
  }),
];
