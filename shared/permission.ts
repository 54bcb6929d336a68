import { z } from 'zod';

/**
 * What somebody may do, apart from where it is done. The list is closed: an endpoint names one of these, the role table says who holds it,
 * and the page asks for it, never for a role. A new feature adds its lines here.
 */
export const permissions = [
  /** Take calls at a desk of one's own. */
  'desk.use',
  /** Dial abroad what the settings allow to supervisors. */
  'desk.dial-abroad',
  'customers.read',
  'customers.write',
  'customers.import',
  /** Carry many customers away at once. */
  'customers.export',
  /** Read contacts; with the scope `own`, those of one customer, one number, or one's own. */
  'interactions.read',
  /** Read the statistics, and the contacts behind each number. */
  'reports.read',
  /** See who did what to what, when and from where. */
  'audit.read',
  'users.read',
  'users.write',
  /** Have tasks; with the scope all, also give them to others. */
  'tasks.use',
  /** Read and change how the house is set: queues, results, reasons, breaks, hours. */
  'settings.write',
  /** Make and revoke keys of programs. */
  'tokens.manage',
  /** See, retry and cancel work that waits. */
  'jobs.manage',
] as const;
/** One of the closed list. */
export const permission = z.enum(permissions);
export type Permission = z.infer<typeof permission>;

/** How far a permission reaches: what is one's own, what is one's teams', or all. */
export const scope = z.enum(['own', 'team', 'all']);
export type Scope = z.infer<typeof scope>;

/** How far a permission can reach, the shortest first: what belongs to nobody in particular is given whole or not at all. */
export function scopesFor(one: Permission): readonly Scope[] {
  if (one === 'desk.use') return ['own'];
  return one === 'tasks.use' || one === 'interactions.read' ? scope.options : ['all'];
}

/** The permissions that somebody holds, each with its scope. What is absent is not allowed. */
export const grants = z.partialRecord(permission, scope);
export type Grants = z.infer<typeof grants>;
