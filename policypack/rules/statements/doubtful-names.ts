/** Names in a configuration that are probably slips: a misspelt guard is no guard. */
import { expandAction, knowsService, nearest, nearestAction, servicePrefixes } from "../../catalogue";

const meaning = (name: string | undefined): string =>
  name === undefined ? "" : `; did you mean \`${name}\`?`;

/** What is wrong with service prefixes: those that no service has. */
export const doubtfulServices = (services: readonly string[]): readonly string[] => [
  ...(services.length === 0 ? ["no service is governed; to switch the rule off, disable it"] : []),
  ...services
    .filter((service) => !servicePrefixes().includes(service.toLowerCase()))
    .map((service) => `there is no service \`${service}\`${meaning(nearest(service, servicePrefixes()))}`),
];

/**
 * What is wrong with approved actions: those that stand for nothing. An action that AWS added after the data was made is
 * accepted, as long as it is not all but the same as one that exists.
 */
export const doubtfulActions = (actions: readonly string[]): readonly string[] =>
  actions
    .filter((action) => expandAction(action).length === 0)
    .flatMap((action) => {
      if (!knowsService(action) || /[*?]/.test(action)) return [`no action is \`${action}\``];
      const meant = nearestAction(action);
      const isSlip = meant !== undefined && nearest(action, [meant], 2) !== undefined;
      return isSlip ? [`there is no action \`${action}\`${meaning(meant)}`] : [];
    });

/** What is wrong with accounts: a slip in one would shut out, or let in, another one. */
export const doubtfulAccounts = (accounts: readonly string[]): readonly string[] =>
  accounts
    .filter((account) => !/^\d{12}$/.test(account))
    .map((account) => `\`${account}\` is no account; expected 12 digits, in quotation marks`);

/** What is wrong with organizations. https://docs.aws.amazon.com/organizations/latest/APIReference/API_Organization.html */
export const doubtfulOrganizations = (organizations: readonly string[]): readonly string[] =>
  organizations
    .filter((organization) => !/^o-[a-z0-9]{10,32}$/.test(organization))
    .map((organization) => `\`${organization}\` is no organization; expected an id such as \`o-a1b2c3d4e5\``);
