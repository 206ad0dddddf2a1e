import type { FileFact } from '#domain/facts/facts.ts';
import { visibleText } from './visible-text.ts';

/** Files that a check looked at, with the beginning of what stood in them. */
export function FileFacts({ files }: { files: FileFact[] }) {
  return (
    <ul className="grid gap-4">
      {files.map(file => (
        <li key={`${file.container} ${file.path}`} className="min-w-0 text-sm">
          <p>
            <code className="font-semibold wrap-anywhere">{visibleText(file.path)}</code>
            {file.container && <> in {visibleText(file.container, { max: 128 })}</>}
          </p>
          <p className="text-muted">
            {[
              file.kind,
              file.bytes === null ? null : `${file.bytes} bytes`,
              file.mode === null ? null : `mode ${(file.mode & 0o7777).toString(8).padStart(4, '0')}`,
              file.uid === null ? null : `owner ${file.uid}:${file.gid}`,
            ]
              .filter(Boolean)
              .join(' · ')}
          </p>
          {file.content !== null && (
            <pre
              // biome-ignore lint/a11y/noNoninteractiveTabindex: a box that scrolls must be reachable by keyboard
              tabIndex={0}
              className="mt-2 max-h-72 overflow-auto rounded-md border border-line bg-well px-3 py-2 text-xs"
            >
              {visibleText(file.content, { lines: true })}
              {file.truncated && '…'}
            </pre>
          )}
        </li>
      ))}
    </ul>
  );
}
