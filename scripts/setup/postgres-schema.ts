/**
 * The models of prisma/schema.prisma for PostgreSQL: another provider, another output, and Json columns as `json`, which
 * keeps a value as it was written. `jsonb` sorts keys and refuses the NUL that a learner may put into a name.
 */
export function postgresSchema(schema: string): string {
  const changes: [RegExp, string][] = [
    [/(provider\s*=\s*)"sqlite"/, '$1"postgresql"'],
    [/(output\s*=\s*)"\.\/generated\/sqlite"/, '$1"./postgresql"'],
    [/^(\s+\w+\s+Json\??)(?=\s|$)/gm, '$1 @db.Json'],
  ];
  return changes.reduce((text, [pattern, replacement]) => {
    const changed = text.replace(pattern, replacement);
    if (changed === text) throw new Error(`prisma/schema.prisma has nothing that matches ${pattern}`);
    return changed;
  }, schema);
}
