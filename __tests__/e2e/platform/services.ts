import { accounts } from './accounts';
import { calls } from './calls';
import { elementCall } from './element-call';
import { flows } from './flows';
import { frontend } from './frontend';
import { media } from './media';
import { messages } from './messages';
import { newerServices } from './newer-services';
import type { Stage } from './stage';

/** What the platform's services do with a system, whether it is new or was moved. */
export function services(stage: Stage): void {
  describe('UserService and AgencyService: accounts', () => accounts(stage));
  describe('rooms of enquiries, sessions and groups', () => flows(stage));
  describe('messages, sync and presence', () => messages(stage));
  describe('files', () => media(stage));
  describe('newer releases of the services', () => newerServices(stage));
  describe('Frontend', () => frontend(stage));
  describe('calls', () => calls(stage));
  describe('Element Call', () => elementCall(stage));
}
