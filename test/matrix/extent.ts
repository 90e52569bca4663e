import type { Principal } from './principals.ts';

/** How many callers each operation has: everybody, or as many as these of a smaller world. */
export type Extent = 'all' | { readonly refused: number; readonly letIn: number };

/** Of the dead, for one of each other kind. */
const DEAD = 2;
/** Of those who differ by their form alone, where all forms are there: one in so many is let in. */
const ALIKE = 3;

/** Some of a list, from another place each turn; after its end from its beginning. */
function someOf<T>(list: readonly T[], turn: number, count: number): readonly T[] {
  const most = Math.min(count, list.length);
  return Array.from({ length: most }, (_, index) => list[(turn * most + index) % list.length] as T);
}

/** Who is refused for a scope, or for the page that a key comes from, is no measure of the others of that kind. */
const groupOf = ({ kind, page, scopes }: Principal): string =>
  page ? 'page' : scopes && kind !== 'W' ? 'scoped' : kind;

/** Of each kind one, and of the dead a few. */
function oneOfEachKind(principals: readonly Principal[], turn: number): readonly Principal[] {
  const kinds = Map.groupBy(principals, groupOf);
  return [...kinds].flatMap(([kind, some]) => someOf(some, turn, kind === '-' ? DEAD : 1));
}

/** Of those who may do the same in the same mode, some of the forms in which they say who they are. */
function someForms(principals: readonly Principal[], turn: number): readonly Principal[] {
  const alike = Map.groupBy(principals, ({ kind, mode, page, scopes }) => [kind, mode, page, scopes].join());
  return [...alike.values()].flatMap((some) => someOf(some, turn, Math.ceil(some.length / ALIKE)));
}

/** Whom to ask of those who are refused: others each turn, so that over all operations everybody is asked. */
export const refusedOf = (extent: Extent, principals: readonly Principal[], turn: number): readonly Principal[] =>
  extent === 'all' ? principals : someOf(oneOfEachKind(principals, turn), turn, extent.refused);

/** Whom to ask of those who are let in. They cost more, since what they use up is made anew for each. */
export const letInOf = (extent: Extent, principals: readonly Principal[], turn: number): readonly Principal[] =>
  extent === 'all' ? someForms(principals, turn) : someOf(oneOfEachKind(principals, turn), turn, extent.letIn);
