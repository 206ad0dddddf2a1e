import type { Attack } from '../support/attack.ts';

const GROUPS = 3_000;
const DEPTH = 40;
const folder = 'd=/sys/fs/cgroup/memory; [ -d $d ] || d=/sys/fs/cgroup';
/** Both versions: in the hierarchy where each costs most. */
const make = (wide: number, deep: number) =>
  `${folder}; perl -e 'chdir $ARGV[0]; $n = 0; for (1 .. ${deep}) { mkdir "deep" or last; chdir "deep"; $n++ } chdir $ARGV[0]; for (1 .. ${wide}) { mkdir "flood$_" or last; $n++ } print $n' $d`;

/** Makes the whole flood of the list; the number that could be made is printed. */
export const fiftyThousand = make(50_000, 500);

/** The same from within a folder of the maker's own, which need not be reached by name. */
export const fiftyThousandInside = `${folder}; mkdir $d/own; perl -e 'chdir "$ARGV[0]/own"; $n = 0; for (1 .. 50_000) { mkdir "flood$_" or last; $n++ } print $n' $d`;

/** More control groups than a sandbox may have, but few enough that a machine without the fence does not feel them. */
const many: Attack = {
  name: `${GROUPS} control groups, and ${DEPTH} inside each other, that stay`,
  fence: 'cgroups',
  async run(arena) {
    const made = await arena.attacker(make(GROUPS, DEPTH), 40_000);
    const count = () => arena.outside('find /sys/fs/cgroup -name "flood*" -o -name deep | wc -l');
    let left = Number(await count());
    // Version 1 has no limit: sandboxd takes them away within seconds.
    for (const end = Date.now() + 20_000; left > 400 && Date.now() < end; left = Number(await count()))
      await new Promise(resolve => setTimeout(resolve, 1_000));
    return `MADE ${made}\nLEFT ${left > 400 ? 'too many' : 'few'}`;
  },
  held: /^MADE \d+\nLEFT few$/,
  bites: /^MADE \d{4}\nLEFT too many$/,
};

/** Makes and removes one, again and again, for so many seconds; prints how many could be made, and how many could not. */
const churn = (where: string, seconds: number) =>
  `${folder}; mkdir -p $d/own; echo $$ >$d/own/cgroup.procs; perl -e 'chdir "$ARGV[0]/own"; ($n, $no, $end) = (0, 0, time + ${seconds}); while (time < $end) { if (mkdir "${where}") { $n++; rmdir "${where}" } else { $no++ } } print "$n $no"' $d`;

/** From within a folder in which the maker itself stays: it cannot be removed, and no name is looked up that could be closed. */
export const churnInside = (seconds: number) => churn('flood', seconds);

const CHURN_SECONDS = 8;
/** Never many at a time, so that no count shows it. What the kernel does for each is done outside of the sandbox. */
const endless: Attack = {
  name: 'control groups made and removed without end',
  fence: 'cgroups',
  async run(arena) {
    const said = await arena.attacker(churn('$ARGV[0]/flood', CHURN_SECONDS), 40_000);
    const [made = 0, refused = 0] = said.split(' ').map(Number);
    return `MADE ${Math.round(made / CHURN_SECONDS)} a second\nREFUSED ${refused}`;
  },
  // An emulated machine may be too slow to make more than are allowed.
  held: /^MADE ([1-9]\d?|[1-4]\d\d) a second\nREFUSED 0$|^MADE [1-9]\d* a second\nREFUSED [1-9]\d*$/,
  bites: /^MADE [1-9]\d* a second\nREFUSED 0$/,
};

export const cgroupFloods: readonly Attack[] = [many, endless];
