export type { AccountsOptions } from './accounts-options';
export { type HomeserverAddress, MatrixAccounts, type MatrixAccountsProps } from './matrix-accounts';
