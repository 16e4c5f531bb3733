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
