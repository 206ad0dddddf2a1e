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
    fence: 'limits',
    // What is there already leaves room for less than that: the last 200 MB decide, and take seconds.
    script: `free=$(df -m --output=avail /var/lib/docker | tail -1); fill=$((free - 200)); [ $fill -gt 0 ] && [ $free -lt 1100 ] || fill=900
      fallocate -l ${'$'}{fill}M /var/lib/docker/fill
      docker run -d --name log busybox sh -c 'head -c 1000000000 /dev/zero | tr "\\0" "x" | fold -w 4000' >/dev/null
      file=$(docker inspect -f '{{.LogPath}}' log); end=$((SECONDS + 60)); logged=0; still=0
      while [ $SECONDS -lt $end ] && [ $logged -lt 260 ] && [ $still -lt 6 ]; do
        sleep 1; before=$logged; logged=$(du -m "$file" | cut -f1); [ $logged = $before ] && still=$((still + 1)) || still=0; done
      echo "BESIDE $((fill > 700)) LOGGED $((logged >= 260)) ($logged MB)"
      rm -f /var/lib/docker/fill; pkill -9 -x fold; docker rm -f log >/dev/null
      docker run --rm busybox echo works again`,
    held: /^BESIDE 1 LOGGED 0 \(\d+ MB\)\nworks again$/,
    bites: /^BESIDE 1 LOGGED 1/m,
    timeoutMs: 100_000,
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
    name: '300 containers',
    // What a fork bomb shows, in minutes.
    fence: null,
    // As many as start in a minute, up to 300: each has a shim of a dozen threads, so some eighty are all there can be.
    script: `end=$((SECONDS + 60)); n=0
      while [ $n -lt 300 ] && [ $SECONDS -lt $end ]; do
        for i in 1 2 3 4 5 6; do timeout 10 docker run -d --network none busybox sleep 99 >/dev/null 2>&1 & done; wait; n=$((n + 6)); done
      running=$(ls /run/containerd/io.containerd.runtime.v2.task/moby | wc -l); echo "TRIED $n RUNNING $running"
      cat /sys/fs/cgroup/pids/pids.current 2>/dev/null || cat /sys/fs/cgroup/pids.current`,
    // None would mean that nothing was tried.
    held: /^TRIED \d+ RUNNING [1-9]\d?\n(?:\d{1,3}|10[012]\d)$/m,
    bites: /RUNNING \d{3}/,
    timeoutMs: 100_000,
  }),
];
