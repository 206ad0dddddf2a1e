import { expect, it } from 'vitest';
import { csvDisposition, csvName } from './csv-name.ts';

const at = Date.UTC(2026, 10, 22, 23, 30);

it('names the class, the lab and the day', () => {
  expect(csvName('Containers 101', 'process-tree', at)).toBe('results-containers-101-process-tree-2026-11-22.csv');
});

it('gives the plain name and the one as it is written', () => {
  expect(csvDisposition('Übung (a) 漢字', 'process-tree', at)).toBe(
    'attachment; filename="results-ubung-a-process-tree-2026-11-22.csv"; ' +
      "filename*=UTF-8''results%20%C3%9Cbung%20%28a%29%20%E6%BC%A2%E5%AD%97%20process-tree%202026-11-22.csv",
  );
});

it('lets no class name break out of the header or the folder', () => {
  const header = csvDisposition('../../"x"\r\nset-cookie: a=b\u202E.exe', 'lab', at);
  expect(header).toMatch(/^[\x20-\x7E]+$/);
  expect(header.split('"')).toHaveLength(3);
  expect(header).not.toMatch(/%2F|%5C|%0D|%0A|%E2%80%AE|\.\.\//);
});
