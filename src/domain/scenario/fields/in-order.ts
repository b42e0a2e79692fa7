/** Keeps names in their order, except for those that are to come right after another name. */

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
