import { Badge } from '#components/ui/badge.tsx';
import type { Lab } from '#domain/lab/lab.ts';

const words: Record<Lab['level'], string> = {
  foundation: 'Foundation',
  intermediate: 'Intermediate',
  advanced: 'Advanced',
  expert: 'Expert',
};

export function LevelBadge({ level }: { level: Lab['level'] }) {
  return <Badge tone={level === 'foundation' ? 'info' : 'accent'}>{words[level]}</Badge>;
}
