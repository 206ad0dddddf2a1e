import { describe, expect, it } from 'vitest';
import { parseLearner, readLearner, usualLearner } from './learner-identity.ts';

const passwd = 'root:x:0:0:root:/root:/bin/bash\nlearner:x:1001:1002::/home/learner:/bin/bash\n';

describe('parseLearner', () => {
  it('finds the user and the groups that name it', () => {
    const group = 'root:x:0:\ndocker:x:101:someone,learner\nsudo:x:27:learner\nlearners:x:44:learnerx\n';
    expect(parseLearner(passwd, group)).toEqual({ uid: 1001, gid: 1002, groups: [101, 27] });
  });

  it.each([
    ['nothing', '', ''],
    ['nonsense', 'learner:x:-1:0x10:', 'docker:x:many:learner\n:::learner'],
    ['numbers that are too large', 'learner:x:99999999999:99999999999:', ''],
  ])('takes the usual user where the files hold %s', (_name, users, groups) => {
    expect(parseLearner(users, groups)).toEqual(usualLearner);
  });

  it('bounds the groups', () => {
    const group = Array.from({ length: 5_000 }, (_, i) => `g${i}:x:${i}:learner`).join('\n');
    expect(parseLearner(passwd, group).groups).toHaveLength(64);
  });
});

describe('readLearner', () => {
  it('reads the files of a process’s root', () => {
    expect(readLearner(process.pid).uid).toBeGreaterThanOrEqual(0);
  });
});
