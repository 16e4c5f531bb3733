/** What `--help` prints; at most 80 columns. */
export const HELP = `iam-guardrails: guardrails for AWS IAM in Pulumi stacks and bare policies

  iam-guardrails check policy.json        judge a policy document
  cat p.json | iam-guardrails check -     the same, from standard input
  iam-guardrails preview                  judge the Pulumi program of this
                                          folder, without CLI or AWS account
  iam-guardrails preview --stack prod     as configured in Pulumi.prod.yaml
  iam-guardrails preview --documents      show the policy documents as well
  iam-guardrails prove --policy p.json --within approved.json
                                          prove that a policy allows nothing
                                          that another one does not, or show a
                                          request that says otherwise
  iam-guardrails explain policy.json      what a policy allows, in words
  iam-guardrails explain old.json new.json
                                          what a change adds and removes
  iam-guardrails rules [ID]               list the rules, or show one

options of all but rules
  --format text|json        how to report (text); check and preview also take
                            sarif, junit, github and markdown
  -o, --output FILE         write the report to a file

options of check and preview
  --policy-config FILE      levels and options of the rules, as for pulumi's
                            --policy-pack-config; or recommended, strict or
                            audit, which are shipped

option of check
  --type KIND               what the documents are: identity, permission-set,
                            boundary, session, service-control,
                            resource-control, endpoint, trust or resource
                            (what they say themselves)

options of preview
  -s, --stack NAME          whose configuration (dev, or the only one)
  -c, --config KEY=VALUE    set a configuration value, a structured one as JSON:
                            -c 'ai-workflow:endpoints=["a","b"]'
  --call TOKEN=JSON         the result of a provider function:
                            --call 'aws:index/getRegion:getRegion={"name":"x"}'
  --policy-pack FOLDER      another policy pack (this one)
  --documents               show the policy documents that were judged

options of prove and explain
  --policy P [P…]           prove: the policy, or several that make up one role;
                            \`-\` is standard input
  --within R [R…]           prove: what it is to stay within; \`catalogue\` is the
                            approved list as a policy
  --scope all-actions       prove: also for actions that AWS may add later; or
          known-actions     for those known today
  --type identity|resource|trust
                            what the documents are (what they say themselves)

exit status: 0 nothing mandatory was found, or proved; 1 a mandatory finding,
or not proved; 2 wrong usage, or input that cannot be read
`;
