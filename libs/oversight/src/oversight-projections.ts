import { auditTrail } from './read-models/audit-trail/audit-trail.js';

export const oversightProjections = [auditTrail];
