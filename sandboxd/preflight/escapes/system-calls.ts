/** x86-64 and arm64 numbers; arguments as Perl text. `errno`: the filter's answer. */
export interface SystemCall {
  name: string;
  x64: number;
  arm64: number;
  args: string;
  errno: number;
}

const EPERM = 1;
const ENOSYS = 38;
const EAFNOSUPPORT = 97;

const call = (name: string, x64: number, arm64: number, args: string, errno = EPERM): SystemCall => ({
  name,
  x64,
  arm64,
  args,
  errno,
});
const family = (name: string, number: number | string, type: number): SystemCall =>
  call(`socket ${name}`, 41, 198, `${number}, ${type}, 0`, EAFNOSUPPORT);

/** What the filter refuses, with arguments that the kernel would take (or refuse in another way) without it. */
export const systemCalls: readonly SystemCall[] = [
  call('bpf', 321, 280, '0, $map, 128'),
  call('perf_event_open', 298, 241, '$perf, 0, -1, -1, 0'),
  call('io_uring_setup', 425, 425, '1, $buffer'),
  call('userfaultfd', 323, 282, '1'),
  call('kexec_load', 246, 104, '0, 0, 0, 0'),
  call('kexec_file_load', 320, 294, '-1, -1, 0, 0, 0'),
  call('init_module', 175, 105, '$buffer, 0, $empty'),
  call('finit_module', 313, 273, '-1, $empty, 0'),
  call('delete_module', 176, 106, '$module, 2048'),
  call('open_by_handle_at', 304, 265, '-100, $buffer, 0'),
  call('name_to_handle_at', 303, 264, '-100, $path, $buffer, $buffer, 0'),
  call('add_key', 248, 217, '$user, $label, $label, 1, -2'),
  call('request_key', 249, 218, '$user, $label, 0, -2'),
  call('keyctl', 250, 219, '1, $label', ENOSYS),
  call('syslog', 103, 116, '10, 0, 0'),
  call('kcmp', 312, 272, '$$, $$, 0, 0, 0'),
  call('quotactl', 179, 60, '0, 0, 0, 0'),
  call('fanotify_init', 300, 262, '0, 0'),
  call('swapon', 167, 224, '$path, 0'),
  call('reboot', 169, 142, '0, 0, 0, 0'),
  call('acct', 163, 89, '$missing'),
  family('AF_ALG', 38, 5),
  family('AF_VSOCK', 40, 1),
  family('AF_KEY', 15, 3),
  family('AF_BLUETOOTH', 31, 3),
  family('AF_TIPC', 30, 1),
  family('AF_RDS', 21, 5),
  family('AF_VSOCK, hidden by bits above the 32 that count', '(1 << 32) | 40', 1),
];

/**
 * Each call in a process of its own (a filter may kill), one line each: "name|errno|error". errno 0 succeeded. Whatever
 * a call may open or make goes with its process.
 */
const program = `use strict; $| = 1;
my ($buffer, $empty, $path) = ("\\0" x 4096, "\\0", ".\\0");
my ($user, $label, $module, $missing) = ("user\\0", "belowdeck-canary\\0", "belowdeck_canary\\0", "/nowhere/belowdeck\\0");
my $map = pack("LLLL", 2, 4, 4, 1) . ("\\0" x 112);
my $perf = pack("LLQ", 1, 112, 0) . ("\\0" x 96);
my $arm = \`uname -m\` =~ /aarch64/;
sub try { my ($name, $x64, $arm64, @args) = @_;
  my $child = fork; if (!$child) { $! = 0; my $r = syscall($arm ? $arm64 : $x64, @args);
    my $e = $r == -1 ? $! + 0 : 0; print "$name|$e|", ($e ? "$!" : "done"), "\\n"; exit 0 }
  waitpid($child, 0); print "$name|signal ", $? & 127, "|killed\\n" if $? & 127; }
${systemCalls.map(({ name, x64, arm64, args }) => `try(${JSON.stringify(name)}, ${x64}, ${arm64}, ${args});`).join('\n')}
`;

/** A shell command that tries all of them, in a shell that may be entered through another command. */
export const trySystemCalls = (perl = 'perl -'): string => `${perl} <<'PERL'\n${program}\nPERL`;

/** Answers by name: "0" for success, else the error number, or "signal N". */
export type Answers = ReadonlyMap<string, string>;

export function parseAnswers(output: string): Answers {
  return new Map(output.split('\n').flatMap(line => (line.includes('|') ? [line.split('|') as [string, string]] : [])));
}

/** Calls that were not answered as the filter does: they reached the kernel. */
export function beyondTheFilter(answers: Answers): SystemCall[] {
  return systemCalls.filter(({ name, errno }) => answers.has(name) && answers.get(name) !== String(errno));
}
