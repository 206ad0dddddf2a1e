import { benchLimits } from '#tests/bench/support/bench-limits.ts';

/** Something a learner does to everybody else, for a bounded time. */
export interface Attack {
  name: string;
  /** What is typed into the attacker's terminal: one line that ends by itself after `seconds` and prints `PROOF: …`. */
  command: (seconds: number) => string;
  /** What the proof says when it really happened, and met its fence. */
  proof: RegExp;
}

/** `END` is the moment to stop at, `proof(text)` prints. Single quotes cannot occur in it. */
const perl = (program: string) => (seconds: number) =>
  `sudo perl -e 'use strict; my $END = time + ${seconds}; $| = 1; sub proof { print "PRO", "OF: @_\\n" } ${program.replace(/\s*\n\s*/g, ' ')}'`;

/** In this order: each leaves the sandbox usable for the next. What was refused is counted by whoever was refused. */
export const attacks: readonly Attack[] = [
  {
    name: 'fork bomb',
    // Every process forks until the end; those that may not spin.
    command: perl(`my ($own, $no) = ($$, 0); $SIG{CHLD} = "IGNORE"; while (time < $END) { defined(fork) or $no++ }
      if ($$ == $own) { sleep 1; proof("$no forks refused") }`),
    proof: /[1-9]\d* forks refused/,
  },
  {
    name: 'memory hog',
    command:
      perl(`my $n = 0; while (time < $END) { my $p = fork; if (!$p) { open my $f, ">", "/proc/self/oom_score_adj"; print $f 1000; close $f;
      my @kept; push @kept, "x" x 52428800 while @kept < 60 && time < $END; exit } waitpid $p, 0; $n++ if ($? & 127) == 9 } proof("killed $n times")`),
    proof: /killed [1-9]\d* times/,
  },
  {
    name: 'disk filler',
    command:
      perl(`my ($mb, $n) = ("x" x 1048576, 0); while (time < $END) { open my $f, ">", "/root/big"; 1 while time < $END && syswrite $f, $mb;
      $n++ if $!{ENOSPC}; close $f; unlink "/root/big" } proof("full $n times")`),
    proof: /full [1-9]\d* times/,
  },
  {
    name: 'inode filler',
    command:
      perl(`my ($n, $made) = (0, 0); mkdir "/root/i"; while (time < $END) { my $i = 0; for (; time < $END; $i++) { open my $f, ">", "/root/i/$i" or last; $made++ }
      $n++ if $!{ENOSPC}; unlink "/root/i/$_" for 0 .. $i } rmdir "/root/i"; proof("made $made, full $n times")`),
    proof: /made [1-9]\d{3,}, full \d+ times/,
  },
  {
    name: 'cgroup maker',
    // Where a process may be put: its own subtree on v2, the costliest controller on v1.
    command:
      perl(`my $top = -e "/sys/fs/cgroup/cgroup.controllers" ? "/sys/fs/cgroup" : "/sys/fs/cgroup/memory"; my ($made, $no) = (0, 0);
      while (time < $END) { my @own; for (1 .. 20000) { last if time >= $END; if (mkdir "$top/x$_") { push @own, "$top/x$_"; $made++ } else { $no++; last } }
      rmdir for @own } proof("made $made, refused $no times")`),
    proof: /made [1-9]\d*, refused \d+ times/,
  },
  {
    name: 'cgroup churner',
    // Never many at a time, so that no count tells.
    command:
      perl(`my $top = -e "/sys/fs/cgroup/cgroup.controllers" ? "/sys/fs/cgroup" : "/sys/fs/cgroup/memory"; my ($made, $no) = (0, 0);
      while (time < $END) { for (1 .. 9) { if (mkdir "$top/c$_") { $made++; rmdir "$top/c$_" } else { $no++ } } } proof("made $made, refused $no times")`),
    proof: /made [1-9]\d*, refused [1-9]\d* times/,
  },
  {
    name: 'event storm',
    // Renames a container as fast as its daemon answers: each is an event that somebody may have to look at.
    command: perl(`use IO::Socket::UNIX; my $id = qx(docker create busybox true); chomp $id; my $n = 0;
      my $s = IO::Socket::UNIX->new("/run/docker.sock"); while (time < $END) { $n++; print $s "POST /containers/$id/rename?name=s$n HTTP/1.1\\r\\nHost: d\\r\\nContent-Length: 0\\r\\n\\r\\n";
      while (my $l = <$s>) { last if $l eq "\\r\\n" } } system "docker rm $id >/dev/null"; proof("$n renames")`),
    proof: /[1-9]\d{2,} renames/,
  },
];

/** Every terminal of the attacker at once; what it reads is acknowledged as it comes. */
export const flood = {
  name: 'terminal flood',
  command: (seconds: number) => `timeout ${seconds} yes ${'x'.repeat(79)}`,
  /** Proven by what arrived, in decimal megabytes. */
  proof: (bytes: number, terminals: number) => `${Math.round(bytes / 1e6)} MB from ${terminals} terminals`,
  least: benchLimits.floodMegabytes * 1e6,
};
