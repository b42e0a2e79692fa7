/** Lists names in the order that they have, but for some that come right after another one. */

/** @param comesAfter name → the one that it follows; several that follow the same one keep their own order */
export function inOrder<Name extends string>(
  names: readonly Name[],
  comesAfter: Readonly<Partial<Record<Name, Name>>>,
): readonly Name[] {
  const withFollowers = (name: Name): readonly Name[] => [
    name,
    ...names.filter((other) => comesAfter[other] === name).flatMap(withFollowers),
  ];
  return names.filter((name) => comesAfter[name] === undefined).flatMap(withFollowers);
}
