import { randomBytes } from 'node:crypto';
import { environment } from '../contract/environment.ts';
import type { Profile } from '../contract/profile.ts';
import { type Operation, type ProtectedRoute, pathOf, protectedRoutes, routesOf } from '../contract/routes.ts';
import { decodeRoutes } from '../core/own-routes.ts';
import { createLog, writeLine } from '../http/log.ts';
import { readEnv } from './read-env.ts';

/** What every function shares. The authorizer imports it: nothing here loads an SDK. */
export const profile: Profile = JSON.parse(readEnv(environment.profile));
export const clock = { now: Date.now };
export const random = randomBytes;
export const handlerOptions = { profile, log: createLog(writeLine, clock) };

export const stackRoutes = (): readonly ProtectedRoute[] => protectedRoutes(routesOf(profile));

/** Those of the deployment's own functions. */
export const readOwnRoutes = (): readonly ProtectedRoute[] => decodeRoutes(readEnv(environment.ownRoutes));

export const readRoutes = (): readonly ProtectedRoute[] => [...stackRoutes(), ...readOwnRoutes()];

/** Where people go on who have signed in. */
export const home = (): { readonly home?: string } => {
  const path = process.env[environment.home];
  return path === undefined ? {} : { home: path };
};

/** The address of an operation. */
export const pageUrl = (operation: Operation): string => readEnv(environment.baseUrl) + pathOf(operation, profile);
