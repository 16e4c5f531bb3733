export const HELP = `iam-guardrails: guardrails for AWS IAM, for Pulumi stacks and bare policy documents

  iam-guardrails check policy.json            judge a policy document
  cat policy.json | iam-guardrails check -    the same, from standard input
  iam-guardrails preview                      judge the Pulumi program of this folder, without CLI or account
  iam-guardrails preview --stack prod         the same, with the configuration in Pulumi.prod.yaml
  iam-guardrails rules [ID]                   list the rules, or show one

options of check and preview
  --format text|json        how to report (text)
  --policy-config FILE      levels and options of the rules, as for pulumi's --policy-pack-config
  -o, --output FILE         write the report to a file

options of preview
  -s, --stack NAME          which stack's configuration (dev, or the only one there is)
  -c, --config KEY=VALUE    set a configuration value for this preview
  --call TOKEN=JSON         the result of a provider function that the program calls
  --policy-pack FOLDER      another policy pack (this one)

exit status: 0 nothing mandatory was found; 1 a mandatory finding; 2 wrong usage, or input that cannot be read
`;
