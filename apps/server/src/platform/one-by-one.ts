/** What is done for one organization after the other, as every night. */

/**
 * One that fails hinders no other: all have had their turn before the whole fails.
 * @throws AggregateError whose errors name the organizations and have the failures as their cause.
 */
export async function oneByOne<Of extends { organization_id: string }>(
  organizations: AsyncIterable<Of>,
  work: (organization: Of) => Promise<void>,
): Promise<void> {
  const failures: Error[] = []
  for await (const organization of organizations) {
    try {
      await work(organization)
    } catch (cause) {
      failures.push(new Error(`In organization ${organization.organization_id}`, { cause }))
    }
  }
  if (failures.length > 0)
    throw new AggregateError(failures, `It failed in ${failures.length} organizations.`)
}
