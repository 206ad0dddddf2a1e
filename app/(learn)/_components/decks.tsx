const decks = [
  { name: 'docker run nginx', what: 'the command: a client that asks', side: 'You' },
  { name: 'dockerd', what: 'the daemon that answers', side: 'API' },
  { name: 'containerd', what: 'keeps images and containers', side: 'gRPC' },
  { name: 'containerd-shim', what: 'stays when the others go', side: 'ttrpc' },
  { name: 'runc', what: 'builds the box, then leaves', side: 'OCI' },
  { name: 'nginx', what: 'one process, fenced by the kernel', side: 'pid 1' },
];

/** The picture on the start page: a cut through the ship, from the command down to the process. */
export function Decks() {
  return (
    <ol className="relative grid gap-0 text-sm" aria-label="What stands between docker run and your process">
      {decks.map((deck, index) => (
        <li
          key={deck.name}
          className="relative flex items-center gap-3 border-line border-b py-2.5 pl-3 last:border-b-0"
          style={{ marginLeft: `${index * 1.1}rem` }}
        >
          <span aria-hidden className="absolute inset-y-0 left-0 w-px bg-line-strong" />
          <span
            aria-hidden
            className="absolute top-1/2 -left-[3px] size-[7px] -translate-y-1/2 rounded-full bg-accent"
          />
          <span className="min-w-0 flex-1">
            <code className="font-semibold text-ink">{deck.name}</code>
            <span className="block text-muted text-xs">{deck.what}</span>
          </span>
          <span aria-hidden className="shrink-0 text-faint text-xs">
            {deck.side}
          </span>
        </li>
      ))}
    </ol>
  );
}
