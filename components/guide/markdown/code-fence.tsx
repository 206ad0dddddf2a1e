import { CodeBlock } from '#components/ui/code-block.tsx';
import { highlight } from './highlight.ts';
import { RunButton } from './run-button.tsx';

const bold = 2;

/** A fenced block: coloured on the server, with Copy, and with Run where the author said so. */
export function CodeFence({ code, language, run }: { code: string; language: string; run: boolean }) {
  const lines = highlight(code, language);
  return (
    <CodeBlock code={code} actions={run ? <RunButton command={code} /> : undefined}>
      {lines?.map((line, row) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the text never changes, so a line is its number
        <span key={row}>
          {line.map((token, column) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: the text never changes, so a piece is its number
            <span key={column} style={{ color: token.color, fontWeight: token.fontStyle === bold ? 600 : undefined }}>
              {token.content}
            </span>
          ))}
          {row < lines.length - 1 && '\n'}
        </span>
      ))}
    </CodeBlock>
  );
}
