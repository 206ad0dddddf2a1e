import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Arena, openArena } from './support/arena.ts';
import { look, verdict } from './support/verdict.ts';

const SECRET = 'belowdeck-secret-of-the-sandbox-host';
let arena: Arena;
beforeAll(async () => {
  arena = await openArena();
  await arena.outside(`mkdir -p /root/canary && echo ${SECRET} >/root/canary/file`);
});
afterAll(async () => {
  await arena.outside('rm -rf /root/canary');
  await arena.close();
});

const file = async (path: string) => (await look(arena, { files: [{ path, container: null }] })).files?.[0];

describe('where a check reads a file, a learner puts', () => {
  it.each([
    ['a FIFO', 'mkfifo /root/x', 'other'],
    ['a device that never ends', 'touch /root/x; mount --bind /dev/zero /root/x', 'other'],
    ['a directory', 'mkdir /root/x', 'directory'],
    ['a link to a file of the sandbox host', 'ln -s /root/canary/file /root/x', 'symlink'],
    ['a file of /proc', 'touch /root/x; mount --bind /proc/kallsyms /root/x', 'refused'],
  ])('%s: nothing is read', async (_name, script, kind) => {
    expect(
      await arena.attacker(`umount /root/x 2>/dev/null; rm -rf /root/x; ${script} 2>/dev/null; ls -d /root/x`),
    ).toBe('/root/x');
    expect(await file('/root/x')).toMatchObject({ kind, content: null });
    await arena.attacker('umount /root/x 2>/dev/null; rm -rf /root/x');
  });

  it('a sparse file of 100 GB or a large one: the first 64 KiB are read', async () => {
    await arena.attacker('truncate -s 100G /root/sparse; head -c 100000000 /dev/zero | tr "\\0" a >/root/large');
    expect(await file('/root/sparse')).toMatchObject({ kind: 'file', bytes: 100 * 2 ** 30, truncated: true });
    const large = await file('/root/large');
    expect(large).toMatchObject({ kind: 'file', truncated: true });
    expect(large?.content).toHaveLength(64 * 1024);
    await arena.attacker('rm /root/sparse /root/large');
  });

  it('a link in the middle of the path, absolute, relative, or swapped in while we look: never followed outside', async () => {
    await arena.attacker(`mkdir -p /root/canary /root/real; echo mine >/root/real/file
      ln -sfn /root/canary /root/abs; ln -sfn ../../../../../../root/canary /root/rel
      perl -e 'symlink "/root/canary", "/root/l"; mkdir "/root/d"; open F, ">", "/root/d/file"; print F "mine"; close F; my $end = time + 8;
        while (time < $end) { rename "/root/d", "/root/swap"; rename "/root/swap", "/root/d2"; rename "/root/l", "/root/swap"; rename "/root/swap", "/root/l"; rename "/root/d2", "/root/d" }
      ' >/dev/null 2>&1 &`);
    const paths = ['/root/abs/file', '/root/rel/file', '/root/swap/file', '/root/l/file'];
    let looks = 0;
    for (const end = Date.now() + 4_000; Date.now() < end; looks++) {
      const facts = await look(arena, { files: paths.map(path => ({ path, container: null })) });
      expect(JSON.stringify(facts)).not.toContain(SECRET);
      expect(facts.files?.map(each => each.content ?? 'nothing')).not.toContain(SECRET);
    }
    expect(looks).toBeGreaterThan(5);
    expect(await file('/root/abs/file')).toMatchObject({ kind: 'refused', content: null });
    expect((await arena.outside('cat /root/canary/file')).trim()).toBe(SECRET);
  });

  it('and the verdict says it is no such file, never that it passed', async () => {
    await arena.attacker('rm -rf /root/x; ln -s /root/canary/file /root/x');
    const facts = await look(arena, { files: [{ path: '/root/x', container: null }] });
    expect(verdict(facts, { file: { path: '/root/x', contains: 'belowdeck' } }).outcome).not.toBe('passed');
  });
});
