import { expect, it } from 'vitest';
import { whyNot } from './kvm-probe.ts';

it('names the line of QEMU that says why KVM does not work', () => {
  expect(whyNot('SeaBIOS\r\nqemu-system-x86_64: error: failed to set MSR 0x10a to 0xc000069\r\nmore')).toBe(
    'qemu-system-x86_64: error: failed to set MSR 0x10a to 0xc000069',
  );
  expect(whyNot('KVM internal error. Suberror: 1\nemulation failure\nRIP=0')).toBe('KVM internal error. Suberror: 1');
  expect(whyNot('[    0.1] Linux version 6.12')).toBe('it does not reach user space in time');
});
