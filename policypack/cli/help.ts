/** What `--help` prints; at most 80 columns. */
export const HELP = `iam-guardrails: guardrails for AWS IAM in Pulumi stacks and bare policies

  iam-guardrails check policy.json        judge a policy document
  cat p.json | iam-guardrails check -     the same, from standard input
  iam-guardrails preview                  judge the Pulumi program of this
                                          folder, without CLI or AWS account
  iam-guardrails preview --stack prod     as configured in Pulumi.prod.yaml
  iam-guardrails preview --documents      show the policy documents as well
  iam-guardrails rules [ID]               list the rules, or show one

options of check and preview
  --format text|json        how to report (text)
  --policy-config FILE      levels and options of the rules, as for pulumi's
                            --policy-pack-config
  -o, --output FILE         write the report to a file

options of preview
  -s, --stack NAME          whose configuration (dev, or the only one)
  -c, --config KEY=VALUE    set a configuration value, a structured one as JSON:
                            -c 'ai-workflow:endpoints=["a","b"]'
  --call TOKEN=JSON         the result of a provider function:
                            --call 'aws:index/getRegion:getRegion={"name":"x"}'
  --policy-pack FOLDER      another policy pack (this one)
  --documents               show the policy documents that were judged

exit status: 0 nothing mandatory was found; 1 a mandatory finding; 2 wrong
usage, or input that cannot be read
`;
