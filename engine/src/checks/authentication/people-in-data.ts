import type { DataSigns } from '../../model/observation.ts';

/** Field names that also stand beside what is public: the author of a post, the one who made a list. */
const ALSO_PUBLIC =
  /^(?:user_?name|display_?name|gender|nationality|signature|created_?by(?:_?id)?|user_?id|owner_?id|assignee_?id|member_?id|organi[sz]ation|tenant_?slug)$/i;

/** Field names that leave no doubt that data is about somebody's people or tenants. */
export function tellingFields({ personFields, tenantFields }: DataSigns): string[] {
  return [...personFields, ...tenantFields].filter((field) => !ALSO_PUBLIC.test(field));
}

/** Counts and field names, as a finding tells them. */
export function tellData({ records, emails, personFields, tenantFields }: DataSigns): string {
  const fields = [...personFields, ...tenantFields].slice(0, 10).join(', ');
  return [
    `${records} records`,
    ...(emails > 0 ? [`${emails} addresses of people`] : []),
    ...(fields === '' ? [] : [`fields ${fields}`]),
  ]
    .join(', ')
    .slice(0, 250);
}
