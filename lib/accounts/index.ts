export { Accounts } from './accounts';
export type { AccountsOptions } from './accounts-options';
export { type HomeserverAccess, MatrixAccounts, type MatrixAccountsProps } from './matrix-accounts';
