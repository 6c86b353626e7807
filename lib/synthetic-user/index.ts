export { MatrixSyntheticUser, type MatrixSyntheticUserProps } from './matrix-synthetic-user';
export { SyntheticUser } from './synthetic-user';
export type { Administrator, SyntheticUserContext } from './synthetic-user-context';
export type { SyntheticUserOptions } from './synthetic-user-options';
