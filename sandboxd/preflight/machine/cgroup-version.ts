import { type MachineProbe, ok, refuse, warn } from '../machine-probe.ts';

const root = '/sys/fs/cgroup';
const controllers = ['memory', 'cpu', 'pids'] as const;

export const cgroupVersion: MachineProbe = {
  id: 'cgroup-controllers',
  title: 'Control groups',
  where: 'anywhere',
  look(machine) {
    const unified = machine.read(`${root}/cgroup.controllers`);
    const version = unified === null ? 1 : 2;
    const has = (name: string) =>
      unified === null ? machine.exists(`${root}/${name}`) : unified.split(/\s+/).includes(name);
    const missing = controllers.filter(name => !has(name));
    if (missing.length > 0)
      return refuse(
        `version ${version}, without ${missing.join(', ')}`,
        'Without these controllers a sandbox has no limits. Enable them (kernel command line: cgroup_enable=memory, systemd’s Delegate=), restart.',
      );
    if (unified === null && !machine.exists(`${root}/freezer`))
      return warn(
        'version 1, without freezer',
        'docker pause does not work in sandboxes. Mount the freezer controller.',
      );
    return ok(`version ${version} with ${controllers.join(', ')}`);
  },
};
