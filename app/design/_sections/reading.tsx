import { SquareTerminal } from 'lucide-react';
import { Section } from '#app/design/_sections/section.tsx';
import { Button } from '#components/ui/button.tsx';
import { CodeBlock } from '#components/ui/code-block.tsx';
import { Kbd } from '#components/ui/kbd.tsx';

const command = 'docker run -d --name web nginx\nps -eo pid,ppid,args --forest | grep -B2 nginx';

const run = (
  <Button size="sm" variant="quiet" icon={<SquareTerminal aria-hidden />}>
    Run
  </Button>
);

export function Reading() {
  return (
    <Section title="Reading">
      <div className="prose">
        <p>
          <code>docker</code> is only a client. It sends one HTTP request to <code>/var/run/docker.sock</code>; the{' '}
          <a href="/design">daemon</a> does the rest, and <strong>nothing you started is a child of your shell</strong>.
        </p>
        <h3>What to look for</h3>
        <ul>
          <li>Who is the parent of the shim?</li>
          <li>
            Which process has <code>argv[0]</code> of <code>nginx: master process</code>?
          </li>
        </ul>
        <CodeBlock code={command} title="In the sandbox" actions={run}>
          <span style={{ color: 'var(--code-token-function)' }}>docker</span> run{' '}
          <span style={{ color: 'var(--code-token-constant)' }}>-d --name</span> web nginx{'\n'}
          <span style={{ color: 'var(--code-token-function)' }}>ps</span>{' '}
          <span style={{ color: 'var(--code-token-constant)' }}>-eo</span> pid,ppid,args --forest | grep -B2{' '}
          <span style={{ color: 'var(--code-token-string)' }}>nginx</span>{' '}
          <span style={{ color: 'var(--code-token-comment)' }}># the tree</span>
        </CodeBlock>
        <CodeBlock code="containerd-shim-runc-v2 -namespace moby -id 4f2c…" />
        <p>
          <Kbd>Shift</Kbd> <Kbd>Tab</Kbd> leaves the terminal.
        </p>
        <blockquote>A container is a process with a different view of the machine.</blockquote>
      </div>
      <div className="draft-marks h-3" />
    </Section>
  );
}
