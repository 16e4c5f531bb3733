import { noWildcardResource } from "../../policypack/rules/no-wildcard-resource";
import { allow, CLEAN, CONDITION, deny, type RuleCases } from "./cases";

const STAR = { message: "named", path: "Statement[0].Resource" } as const;
const ALPHABET = Array.from("abcdefghijklmnopqrstuvwxyz0123456789");
const BOTH_CASES = [...ALPHABET, ...Array.from("ABCDEFGHIJKLMNOPQRSTUVWXYZ")];
const endings = (beginning: string, characters: readonly string[], rest = ""): readonly string[] =>
  characters.map((character) => `arn:aws:${beginning}*${character}${rest}`);
const firsts = (beginning: string, characters: readonly string[], rest = ""): readonly string[] =>
  characters.map((character) => `arn:aws:${beginning}${character}*${rest}`);
const EC2 = "arn:aws:ec2:us-east-1:123456789012";
const LAUNCHED = [
  `${EC2}:instance/*`,
  `${EC2}:subnet/subnet-0123456789abcdef0`,
  "arn:aws:ec2:us-east-1::image/ami-0123456789abcdef0",
  `${EC2}:network-interface/*`,
];
const BATCH = "arn:aws:batch:us-east-1:123456789012";
const JOB = "arn:aws:bedrock:us-east-1:123456789012:model-invocation-job";
const MODEL = "arn:aws:bedrock:us-east-1::foundation-model/amazon.nova-pro-v1:0";
const DETECTS = ["rekognition:DetectLabels", "rekognition:DetectFaces", "rekognition:DetectText"];

export const cases: RuleCases = {
  rule: noWildcardResource,
  valid: [
    { name: "the seed policy", document: [CLEAN] },
    { name: "an action without resource types", document: [allow("rekognition:DetectLabels", "*")] },
    { name: "several of them", document: [allow(DETECTS, "*")] },
    {
      name: "one of them by a pattern that stands for no other",
      document: [allow("rekognition:DetectLabel?", "*")],
    },
    {
      name: "one whose resource type is only optional",
      document: [allow("rekognition:DetectModerationLabels", "*")],
    },
    { name: "metrics are not resources", document: [allow("cloudwatch:PutMetricData", "*", CONDITION)] },
    {
      name: "tags of what is just being made",
      document: [
        allow("ec2:CreateTags", "arn:aws:ec2:us-east-1:123456789012:*/*", {
          Condition: { StringEquals: { "ec2:CreateAction": "RunInstances" } },
        }),
        allow("sagemaker:AddTags", "*", {
          Condition: { StringEquals: { "sagemaker:TaggingAction": "CreateTrainingJob" } },
        }),
        allow("elasticloadbalancing:AddTags", "*", {
          Condition: { Null: { "elasticloadbalancing:CreateAction": "false" } },
        }),
      ],
    },
    {
      name: "AWS makes up the name of what is made",
      document: [
        allow("bedrock:CreateInferenceProfile", [
          "arn:aws:bedrock:us-east-1:123456789012:application-inference-profile/*",
          "arn:aws:bedrock:us-east-1::foundation-model/amazon.nova-pro-v1:0",
        ]),
        allow("ec2:AllocateAddress", "arn:aws:ec2:us-east-1:123456789012:elastic-ip/*"),
        allow("ec2:RequestSpotInstances", "arn:aws:ec2:us-east-1:123456789012:spot-instances-request/*"),
        allow("fsx:CreateFileSystem", "arn:aws:fsx:us-east-1:123456789012:file-system/*"),
      ],
    },
    ...(
      [
        ["route53:GetChange", "arn:aws:route53:::change/*"],
        [
          ["application-autoscaling:RegisterScalableTarget", "application-autoscaling:PutScalingPolicy"],
          "arn:aws:application-autoscaling:us-east-1:123456789012:scalable-target/*",
        ],
        ["ec2:CreateFlowLogs", [`${EC2}:vpc/vpc-0123456789abcdef0`, `${EC2}:vpc-flow-log/*`]],
        ["batch:TerminateJob", `${BATCH}:job/*`],
        ["batch:SubmitJob", [`${BATCH}:job/*`, `${BATCH}:job-queue/q`, `${BATCH}:job-definition/d:*`]],
        [
          ["bedrock:GetModelCustomizationJob", "bedrock:StopModelCustomizationJob"],
          "arn:aws:bedrock:us-east-1:123456789012:model-customization-job/*",
        ],
        [
          ["bedrock:GetEvaluationJob", "bedrock:StopEvaluationJob"],
          "arn:aws:bedrock:us-east-1:123456789012:evaluation-job/*",
        ],
        [
          ["bedrock:InvokeModel", "bedrock:GetAsyncInvoke"],
          [MODEL, "arn:aws:bedrock:us-east-1:123456789012:async-invoke/*"],
        ],
        [
          ["ssm:GetAutomationExecution", "ssm:StopAutomationExecution"],
          "arn:aws:ssm:us-east-1:123456789012:automation-execution/*",
        ],
        [
          ["ec2:AssignPrivateIpAddresses", "ec2:UnassignPrivateIpAddresses", "ec2:DeleteNetworkInterface"],
          `${EC2}:network-interface/*`,
        ],
      ] as const
    ).map(([actions, resources]) => ({
      name: `an id that AWS makes up, for ${[actions].flat().join(" and ")}`,
      document: [allow(actions, resources)],
    })),
    {
      name: "AWS makes up the name",
      document: [
        allow(
          "comprehend:StartSentimentDetectionJob",
          "arn:aws:comprehend:us-east-1:123456789012:sentiment-detection-job/*",
        ),
      ],
    },
    { name: "a Deny on everything", document: [deny("s3:GetObject", "*"), deny("*", "*")] },
    { name: "a prefix of a name", document: [allow("s3:ListBucket", "arn:aws:s3:::team-*")] },
    { name: "roles to pass, of which `pass-role` speaks", document: [allow("iam:PassRole", "*")] },
    { name: "a path of roles", document: [allow("iam:GetRole", "arn:aws:iam::123456789012:role/app/*")] },
    {
      name: "what only the caller's own identity says",
      document: [
        allow("s3:GetObject", "arn:aws:s3:::homes/${aws:username}/*"),
        allow("s3:ListBucket", "arn:aws:s3:::team-${aws:PrincipalTag/team}"),
        allow("iam:GetUser", "arn:aws:iam::123456789012:user/${aws:username}"),
      ],
    },
    {
      // No request to read an object carries tags: the variable stands for nothing.
      name: "a variable that the request does not have",
      document: [allow("s3:GetObject", "arn:aws:s3:::${aws:RequestTag/team}/*")],
    },
    {
      name: "some last characters",
      document: [allow("s3:GetObject", endings("s3:::", ALPHABET.slice(1), "/*"))],
    },
    {
      name: "all first characters but one, in a statement each",
      document: firsts("s3:::", ALPHABET.slice(1), "/*").map((arn) => allow("s3:GetObject", arn)),
    },
    {
      name: "every first character, but of no action all of them",
      document: firsts("s3:::", ALPHABET, "/*").map((arn, index) =>
        allow(index === 0 ? "s3:PutObject" : "s3:GetObject", arn),
      ),
    },
    {
      name: "every first character, of which a Deny leaves one bucket",
      document: [
        ...firsts("s3:::", ALPHABET, "/*").map((arn) => allow("s3:GetObject", arn)),
        deny("*", undefined, { NotResource: "arn:aws:s3:::example-bucket/*" }),
      ],
    },
    {
      name: "every first character, some of which is allowed on what is just being made only",
      document: firsts("ec2:us-east-1:123456789012:key-pair/", BOTH_CASES).map((arn, index) =>
        allow("ec2:CreateTags", arn, {
          Condition: {
            StringEquals: { [index < 2 ? "ec2:CreateAction" : "aws:PrincipalTag/a"]: "RunInstances" },
          },
        }),
      ),
    },
    {
      name: "every first character, of which a variable is one, and is asked for a value of its own",
      document: [
        ...firsts("s3:::", ALPHABET.slice(1), "/*").map((arn) => allow("s3:GetObject", arn)),
        allow("s3:GetObject", "arn:aws:s3:::a${aws:UserAgent}*/*", {
          Condition: { StringEquals: { "aws:UserAgent": "example-bucket" } },
        }),
      ],
    },
    { name: "one name in every account", document: [allow("iam:GetRole", "arn:aws:iam::*:role/app")] },
    {
      name: "one bucket in every partition",
      document: [allow("s3:GetObject", "arn:*:s3:::example-bucket/*")],
    },
    {
      name: "a variable names something",
      document: [allow("s3:GetObject", "arn:aws:s3:::example-bucket/${aws:username}/*")],
    },
    {
      name: "an action on the type of another",
      document: [allow("s3:GetObject", "arn:aws:rekognition:*:*:collection/*")],
    },
    {
      name: "all but one bucket is denied",
      document: [
        allow("s3:GetObject", "*"),
        deny("*", undefined, { NotResource: "arn:aws:s3:::example-bucket/*" }),
      ],
    },
    { name: "everything is denied again", document: [allow("s3:GetObject", "*"), deny("S3:*", "*")] },
    {
      name: "the exclusion takes all of the type",
      document: [{ Effect: "Allow", Action: "iam:GetRole", NotResource: "arn:aws:iam::*:role/*" }],
    },
    {
      name: "all but one's own bucket is denied",
      document: [
        allow("s3:GetObject", "*"),
        deny("*", undefined, { NotResource: "arn:aws:s3:::${aws:username}/*" }),
      ],
    },
    {
      name: "the one resource of its type",
      document: [
        allow("glue:GetTable", [
          "arn:aws:glue:us-east-1:123456789012:catalog",
          "arn:aws:glue:us-east-1:123456789012:database/db",
          "arn:aws:glue:us-east-1:123456789012:table/db/t",
        ]),
      ],
    },
    {
      name: "names that AWS makes up, of one type",
      document: [
        allow("ec2:RunInstances", [
          "arn:aws:ec2:us-east-1:123456789012:instance/*",
          "arn:aws:ec2:us-east-1:123456789012:volume/*",
        ]),
      ],
    },
    {
      name: "an id that AWS chooses for what is made",
      document: [
        allow("ec2:CreateSecurityGroup", [
          "arn:aws:ec2:us-east-1:123456789012:security-group/*",
          "arn:aws:ec2:us-east-1:123456789012:vpc/vpc-0123456789abcdef0",
        ]),
      ],
    },
    { name: "no statement at all", document: [] },
    { name: "an action that no data knows", document: [allow("madeup:DoThings", "*")] },
  ],
  invalid: [
    {
      name: "variables that the caller writes",
      document: [
        allow("s3:GetObject", "arn:aws:s3:::${aws:UserAgent}/*"),
        allow("sts:AssumeRole", "arn:aws:iam::123456789012:role/${sts:RoleSessionName}"),
        allow("sts:TagSession", "arn:aws:iam::${aws:RequestTag/account}:role/${aws:RequestTag/role, 'x'}"),
        allow(
          "secretsmanager:GetSecretValue",
          "arn:aws:secretsmanager:us-east-1:123456789012:secret:${aws:Referer}",
        ),
      ],
      violations: [0, 1, 2, 3].map((index) => ({ message: "named", path: `Statement[${index}].Resource` })),
    },
    {
      name: "variables that the caller writes, under conditions that ask for nothing of their own",
      document: [
        allow("s3:GetObject", "arn:aws:s3:::${aws:UserAgent}/*", {
          Condition: { StringLike: { "aws:UserAgent": "*" } },
        }),
        allow("s3:GetObject", "arn:aws:s3:::${aws:UserAgent}/*", {
          Condition: { StringEquals: { "aws:UserAgent": "${aws:UserAgent}" } },
        }),
        allow("s3:GetObject", "arn:aws:s3:::${aws:UserAgent}/*", {
          Condition: { StringEqualsIfExists: { "aws:UserAgent": "example-bucket" } },
        }),
        allow("s3:GetObject", "arn:aws:s3:::${aws:UserAgent}/*", {
          Condition: { StringNotEquals: { "aws:UserAgent": "example-bucket" } },
        }),
        deny("s3:GetObject", "arn:aws:s3:::other/*", {
          Condition: { StringNotEquals: { "aws:UserAgent": "example-bucket" } },
        }),
        deny("s3:PutObject", "*", { Condition: { StringNotEquals: { "aws:UserAgent": "example-bucket" } } }),
      ],
      violations: [0, 1, 2, 3].map((index) => ({ message: "named", path: `Statement[${index}].Resource` })),
    },
    {
      name: "every last character",
      document: [
        allow("s3:GetObject", endings("s3:::", ALPHABET, "/*")),
        allow("sagemaker:InvokeEndpoint", endings("sagemaker:us-east-1:123456789012:endpoint/", BOTH_CASES)),
        allow("lambda:InvokeFunction", endings("lambda:us-east-1:123456789012:function:", BOTH_CASES)),
        allow("dynamodb:DeleteTable", endings("dynamodb:us-east-1:123456789012:table/", BOTH_CASES)),
      ],
      violations: [0, 1, 2, 3].map((index) => ({
        message: "together",
        path: `Statement[${index}].Resource[0]`,
      })),
    },
    {
      name: "every first character of the roles to become",
      document: [
        allow(
          "sts:AssumeRole",
          BOTH_CASES.map((character) => `arn:aws:iam::123456789012:role/${character}*`),
        ),
      ],
      violations: [{ message: "together", path: "Statement[0].Resource[0]" }],
    },
    {
      name: "every first character in a statement of its own, whatever their conditions",
      document: ALPHABET.map((character, index) =>
        allow(index % 2 === 0 ? "s3:GetObject" : "s3:Get*", `arn:aws:s3:::${character}*/*`, {
          ...(index % 3 === 0 ? CONDITION : {}),
        }),
      ),
      violations: [
        {
          message: "together",
          path: "Statement[0].Resource",
          data: {
            actions: ["s3:GetObject"],
            count: "36",
            resource: ["arn:aws:s3:::a*/*", "arn:aws:s3:::b*/*", "arn:aws:s3:::c*/*"],
            type: "object",
          },
          fix: "name the resources that the workload uses in place of these patterns, in `Statement[0]`, `Statement[1]`, `Statement[2]` and 33 more",
        },
      ],
    },
    {
      name: "every first character, of which a variable that the caller writes is one",
      document: [
        allow("s3:GetObject", "arn:aws:s3:::a${aws:UserAgent}*/*", CONDITION),
        ...firsts("s3:::", ALPHABET.slice(1), "/*").map((arn) => allow("s3:GetObject", arn)),
      ],
      violations: [{ message: "together", path: "Statement[0].Resource" }],
    },
    {
      name: "the same, where another statement asks for a value of it",
      document: [
        allow("s3:GetObject", "arn:aws:s3:::b*/*", {
          Condition: { StringEquals: { "aws:UserAgent": "example-bucket" } },
        }),
        ...firsts("s3:::", ALPHABET.slice(2), "/*").map((arn) => allow("s3:GetObject", arn)),
        allow("s3:GetObject", "arn:aws:s3:::a${aws:UserAgent}*/*"),
      ],
      violations: [{ message: "together", path: "Statement[0].Resource" }],
    },
    {
      name: "every first character in one statement, and one of them once more",
      document: [
        allow("s3:GetObject", firsts("s3:::", ALPHABET, "/*")),
        allow("s3:GetObject", "arn:aws:s3:::a*/*"),
      ],
      violations: [{ message: "together", path: "Statement[0].Resource[0]" }],
    },
    {
      name: "half of the roles to pass in each of two statements, and what has no part in it",
      document: [
        allow("iam:PassRole", "arn:aws:iam::123456789012:role/training-*"),
        allow("iam:PassRole", firsts("iam::123456789012:role/", BOTH_CASES.slice(0, 31))),
        allow(
          ["iam:PassRole", "iam:GetRole"],
          [
            ...firsts("iam::123456789012:role/", BOTH_CASES.slice(31)),
            "arn:aws:iam::123456789012:role/app/*",
          ],
        ),
      ],
      violations: [
        {
          message: "together",
          path: "Statement[1].Resource[0]",
          data: { actions: ["iam:PassRole"], count: "62", type: "role" },
          fix: "name the resources that the workload uses in place of these patterns, in `Statement[1]` and `Statement[2]`",
        },
      ],
    },
    {
      name: "a role of a service stands under its path",
      document: [allow("iam:CreateServiceLinkedRole", "*")],
      violations: [
        {
          message: "named",
          path: "Statement[0].Resource",
          fix: JSON.stringify(
            allow(
              "iam:CreateServiceLinkedRole",
              "arn:aws:iam::<account>:role/aws-service-role/<service>.amazonaws.com/<role>",
            ),
          ),
        },
      ],
    },
    {
      name: "tags of what is there, too: the key may be missing, or is of another action",
      document: [
        allow("ec2:CreateTags", "arn:aws:ec2:us-east-1:123456789012:instance/*", {
          Condition: { StringEqualsIfExists: { "ec2:CreateAction": "RunInstances" } },
        }),
        allow("ec2:DeleteTags", "arn:aws:ec2:us-east-1:123456789012:instance/*", {
          Condition: { StringEquals: { "ec2:CreateAction": "RunInstances" } },
        }),
      ],
      violations: [
        { message: "named", path: "Statement[0].Resource" },
        { message: "named", path: "Statement[1].Resource" },
      ],
    },
    ...(
      [
        [
          "a Deny of all other regions leaves every function of one",
          allow("lambda:InvokeFunction", "*"),
          deny("lambda:*", undefined, { NotResource: "arn:aws:lambda:us-east-1:*:*" }),
        ],
        [
          "a Deny of all other accounts leaves every function of one",
          allow("lambda:InvokeFunction", "*"),
          deny("lambda:*", undefined, { NotResource: "arn:aws:lambda:*:123456789012:function:*" }),
        ],
        [
          "a Deny in another partition leaves this one",
          allow("lambda:InvokeFunction", "*"),
          deny("*", "arn:aws-cn:*"),
        ],
        [
          "a Deny of long names leaves the short ones",
          allow("lambda:InvokeFunction", "*"),
          deny("*", `arn:aws:lambda:*:*:function:${"?".repeat(20)}*`),
        ],
        [
          "a Deny where no region is leaves all of them",
          allow("lambda:InvokeFunction", "*"),
          deny("*", "arn:aws:lambda:?:*:function:*"),
        ],
        [
          "a Deny of some accounts leaves the others",
          allow("lambda:InvokeFunction", "*"),
          deny(
            "*",
            Array.from("0123456789", (digit) => `arn:aws:lambda:*:${digit.repeat(12)}:function:*`),
          ),
        ],
      ] as const
    ).map(([name, ...document]) => ({ name, document, violations: [STAR] })),
    {
      name: "another partition is no exclusion",
      document: [{ Effect: "Allow", Action: "lambda:InvokeFunction", NotResource: "arn:aws-cn:*" }],
      violations: [{ message: "outside", path: "Statement[0].NotResource" }],
    },
    {
      name: "long names are no exclusion of the short ones",
      document: [
        {
          Effect: "Allow",
          Action: "lambda:InvokeFunction",
          NotResource: `arn:aws:lambda:*:*:function:${"?".repeat(14)}*`,
        },
      ],
      violations: [{ message: "outside", path: "Statement[0].NotResource" }],
    },
    ...(
      [
        ["any type with any name", "ec2:RunInstances", "arn:aws:ec2:*:*:*/*"],
        ["any slash", "bedrock:CreateModelInvocationJob", "*/*"],
        ["every image, whose names are known", "ec2:RunInstances", "arn:aws:ec2:us-east-1:*:image/*"],
        [
          "the form of every secret",
          "secretsmanager:GetSecretValue",
          "arn:aws:secretsmanager:us-east-1:123456789012:secret:*-??????",
        ],
        ["the form of every key", "kms:Decrypt", "arn:aws:kms:us-east-1:123456789012:key/*-*"],
        [
          "the form of every instance",
          "ec2:StartInstances",
          "arn:aws:ec2:us-east-1:123456789012:instance/i-*",
        ],
      ] as const
    ).map(([name, action, resource]) => ({ name, document: [allow(action, resource)], violations: [STAR] })),
    {
      name: "a call that carries two resources, both of them open",
      document: [allow("sagemaker:CreateEndpoint", "*")],
      violations: [{ ...STAR, data: { type: "endpoint or endpoint-config" } }],
    },
    {
      name: "a type with a star of its own in its ARN",
      document: [allow("dms:DescribeSchemas", "arn:aws:dms:us-east-1:123456789012:endpoint:*")],
      violations: [STAR],
    },
    {
      name: "the second ARN of a type",
      document: [allow("lex:PutBot", "arn:aws:lex:us-east-1:123456789012:bot:*")],
      violations: [STAR],
    },
    {
      name: "a partition by a variable",
      document: [allow("s3:GetObject", "arn:${aws:PrincipalTag/partition}:s3:::*")],
      violations: [STAR],
    },
    {
      name: "an account by a variable",
      document: [allow("iam:GetRole", "arn:aws:iam::${aws:PrincipalAccount}:role/*")],
      violations: [STAR],
    },
    {
      name: "all but one's own account is denied, and every role of that is left",
      document: [
        allow("iam:GetRole", "*"),
        deny("*", undefined, { NotResource: "arn:aws:iam::${aws:PrincipalAccount}:*" }),
      ],
      violations: [STAR],
    },
    {
      name: "a Deny in one account leaves the others",
      document: [allow("iam:GetRole", "*"), deny("*", "arn:aws:iam::000000000000:role/*")],
      violations: [STAR],
    },
    {
      name: "everything, and only the action that can be limited is named",
      document: [allow(["rekognition:DetectLabels", "rekognition:DetectCustomLabels"], "*")],
      violations: [
        {
          ...STAR,
          data: {
            action: "rekognition:DetectCustomLabels",
            actions: ["rekognition:DetectCustomLabels"],
            resource: "*",
            type: "projectversion",
          },
        },
      ],
    },
    {
      name: "the second statement is the bad one, and the list item is named",
      document: [CLEAN, allow("s3:GetObject", ["arn:aws:s3:::example-bucket/*", "*"])],
      violations: [{ message: "named", path: "Statement[1].Resource[1]", data: { resource: "*" } }],
    },
    {
      name: "Statement as an object",
      document: { Version: "2012-10-17", Statement: allow("s3:GetObject", "*") },
      violations: [{ message: "named", path: "Statement.Resource", data: { type: "object" } }],
    },
    {
      name: "any case of the action",
      document: [allow("S3:gETobject", "*")],
      violations: [{ ...STAR, data: { actions: ["s3:GetObject"] } }],
    },
    {
      name: "every bucket",
      document: [allow("s3:ListBucket", "arn:aws:s3:::*")],
      violations: [{ ...STAR, data: { type: "bucket" } }],
    },
    {
      name: "every object of every bucket",
      document: [allow("s3:GetObject", "arn:aws:s3:::*/*")],
      violations: [{ ...STAR, data: { type: "object" } }],
    },
    {
      name: "every role of one account",
      document: [allow("iam:GetRole", "arn:aws:iam::123456789012:role/*")],
      violations: [{ ...STAR, data: { type: "role" } }],
    },
    {
      name: "every role of every account",
      document: [allow("iam:GetRole", "arn:aws:iam::*:role/*")],
      violations: [STAR],
    },
    {
      name: "a star across the fields",
      document: [allow("iam:GetRole", "arn:aws:iam::1234*")],
      violations: [STAR],
    },
    {
      name: "a star in the middle of a literal",
      document: [allow("iam:GetRole", "arn:aws:iam::*le/*")],
      violations: [STAR],
    },
    { name: "every partition", document: [allow("iam:GetRole", "arn:*:iam::*:role/*")], violations: [STAR] },
    {
      name: "every partition, named ones aside",
      document: [allow("s3:GetObject", "arn:*")],
      violations: [STAR],
    },
    { name: "another partition", document: [allow("s3:GetObject", "arn:aws-cn:s3:::*")], violations: [STAR] },
    {
      name: "question marks for the least a name has",
      document: [allow("s3:ListBucket", "arn:aws:s3:::???*")],
      violations: [STAR],
    },
    {
      name: "question marks only",
      document: [allow("iam:GetRole", "arn:aws:iam::123456789012:role/????")],
      violations: [STAR],
    },
    {
      name: "question marks for colons",
      document: [allow("s3:ListBucket", "arn?aws?s3????*")],
      violations: [STAR],
    },
    {
      name: "every first letter, one by one",
      document: [
        allow(
          "s3:ListBucket",
          ALPHABET.map((letter) => `arn:aws:s3:::${letter}*`),
        ),
      ],
      violations: [{ message: "together", path: "Statement[0].Resource[0]", data: { type: "bucket" } }],
    },
    {
      name: "every version of every project",
      document: [
        allow("rekognition:DetectCustomLabels", "arn:aws:rekognition:us-east-1:123456789012:project/*"),
      ],
      violations: [STAR],
    },
    {
      name: "everything but one bucket",
      document: [{ Effect: "Allow", Action: "s3:GetObject", NotResource: "arn:aws:s3:::secret/*" }],
      violations: [
        {
          message: "outside",
          path: "Statement[0].NotResource",
          data: { resource: ["arn:aws:s3:::secret/*"] },
        },
      ],
    },
    {
      name: "every action but some on everything but some",
      document: [{ Effect: "Allow", NotAction: "iam:*", NotResource: "arn:aws:s3:::secret/*" }],
      violations: [{ message: "complement-outside", path: "Statement[0].NotResource" }],
    },
    {
      name: "every action but some",
      document: [{ Effect: "Allow", NotAction: "iam:*", Resource: "*" }],
      violations: [{ message: "complement", path: "Statement[0].Resource", data: { actions: ["iam:*"] } }],
    },
    {
      name: "a pattern of actions",
      document: [allow("s3:Get*", "*")],
      violations: [
        {
          message: "pattern",
          path: "Statement[0].Resource",
          data: { action: "s3:GetBucketLocation", actions: ["s3:Get*"], count: "61" },
        },
      ],
    },
    {
      name: "everything",
      document: [allow("*", "*")],
      violations: [{ message: "pattern", path: "Statement[0].Resource", data: { actions: ["*"] } }],
    },
    {
      name: "everything, spelled otherwise",
      document: [allow("*:*", "**")],
      violations: [{ message: "pattern", path: "Statement[0].Resource" }],
    },
    {
      name: "a condition does not name a resource",
      document: [allow("s3:GetObject", "*", CONDITION)],
      violations: [STAR],
    },
    {
      name: "a Deny for some buckets leaves the others",
      document: [allow("s3:GetObject", "*"), deny("s3:*", "arn:aws:s3:::secret*")],
      violations: [STAR],
    },
    {
      name: "a Deny for every first letter but one leaves that one",
      document: [
        allow("s3:ListBucket", "*"),
        deny(
          "s3:*",
          ALPHABET.slice(1).map((letter) => `arn:aws:s3:::${letter}*`),
        ),
      ],
      violations: [STAR],
    },
    {
      name: "a conditional Deny may not apply",
      document: [
        allow("s3:GetObject", "*"),
        deny("*", undefined, { NotResource: "arn:aws:s3:::example-bucket/*", ...CONDITION }),
      ],
      violations: [STAR],
    },
    {
      name: "a Deny of another action",
      document: [allow("s3:GetObject", "*"), deny("s3:PutObject", "*")],
      violations: [STAR],
    },
    {
      name: "two entries, each too wide",
      document: [allow("s3:GetObject", ["*", "arn:aws:s3:::*"])],
      violations: [
        { message: "named", path: "Statement[0].Resource[0]" },
        { message: "named", path: "Statement[0].Resource[1]" },
      ],
    },
    {
      name: "AWS makes up the name, but the type can be named",
      document: [allow("comprehend:StartSentimentDetectionJob", "*")],
      violations: [{ ...STAR, data: { type: "sentiment-detection-job" } }],
    },
    ...(
      [
        [
          "an instance that is to be named, where those that are launched cannot be",
          allow(["ec2:RunInstances", "ec2:TerminateInstances"], LAUNCHED),
          0,
          [
            allow("ec2:RunInstances", LAUNCHED),
            allow("ec2:TerminateInstances", `${EC2}:instance/<instance>`),
          ],
        ],
        [
          "a job that is to be named for one action, and not for the one that starts it",
          allow(["bedrock:CreateModelInvocationJob", "bedrock:TagResource"], [`${JOB}/*`, MODEL]),
          0,
          [
            allow("bedrock:CreateModelInvocationJob", [`${JOB}/*`, MODEL]),
            allow("bedrock:TagResource", `${JOB}/<job-identifier>`),
          ],
        ],
        [
          "all of an optional type, too, beside all of one that is required",
          allow("ec2:CreateNetworkInterface", [
            `${EC2}:subnet/*`,
            `${EC2}:security-group/*`,
            `${EC2}:network-interface/*`,
          ]),
          0,
          [
            allow("ec2:CreateNetworkInterface", [
              `${EC2}:network-interface/*`,
              `${EC2}:subnet/<subnet>`,
              `${EC2}:security-group/<security-group>`,
            ]),
          ],
        ],
        [
          "the second of two types that are alternatives",
          allow("ec2:CreateTags", [
            `${EC2}:instance/*`,
            `${EC2}:volume/vol-0123456789abcdef0`,
            `${EC2}:vpc/*`,
          ]),
          0,
          [
            allow("ec2:CreateTags", [
              `${EC2}:volume/vol-0123456789abcdef0`,
              `${EC2}:instance/<instance>`,
              `${EC2}:vpc/<vpc>`,
            ]),
          ],
        ],
      ] as const
    ).map(([name, statement, entry, fix]) => ({
      name,
      document: [statement],
      violations: [
        {
          message: "named",
          path: `Statement[0].Resource[${entry}]`,
          fix: JSON.stringify(fix.length === 1 ? fix[0] : fix),
        },
      ],
    })),
    {
      name: "each of two actions leaves open what the other one makes",
      document: [
        allow(
          ["ec2:CreateVolume", "ec2:CreateSnapshot"],
          [`${EC2}:volume/*`, "arn:aws:ec2:us-east-1::snapshot/*"],
        ),
      ],
      violations: [0, 1].map((entry) => ({
        message: "named",
        path: `Statement[0].Resource[${entry}]`,
        fix: JSON.stringify([
          allow("ec2:CreateVolume", [`${EC2}:volume/*`, "arn:aws:ec2:us-east-1::snapshot/<snapshot>"]),
          allow("ec2:CreateSnapshot", ["arn:aws:ec2:us-east-1::snapshot/*", `${EC2}:volume/<volume>`]),
        ]),
      })),
    },
    ...(
      [
        [
          "a type that is asked about when the call uses it",
          "ec2:CreateNetworkInterface",
          "network-interface or subnet",
          JSON.stringify(
            allow("ec2:CreateNetworkInterface", [
              "arn:aws:ec2:<region>:<account>:network-interface/*",
              "arn:aws:ec2:<region>:<account>:subnet/<subnet>",
              "arn:aws:ec2:<region>:<account>:security-group/<security-group>",
            ]),
          ),
        ],
        [
          "a queue and a definition, and a job whose id AWS makes up",
          "batch:SubmitJob",
          "job-queue or job-definition-revision",
          JSON.stringify(
            allow("batch:SubmitJob", [
              "arn:aws:batch:<region>:<account>:job-queue/<job-queue>",
              "arn:aws:batch:<region>:<account>:job-definition/<job-definition>:<revision>",
              "arn:aws:batch:<region>:<account>:job/*",
              "arn:aws:batch:<region>:<account>:consumable-resource/<consumable-resource>",
            ]),
          ),
        ],
        [
          "more of those than an answer can hold",
          "ec2:CreateFlowLogs",
          "vpc-flow-log",
          "name the resources that the workload uses, of those that each action can be limited to: `ec2:CreateFlowLogs` to vpc-flow-log, and where it uses them network-interface, subnet, natgateway, transit-gateway, transit-gateway-attachment or vpc",
        ],
        [
          "any of many types, and nothing says which",
          "sagemaker:AddTags",
          "resource",
          "name the resources that the workload uses, of those that each action can be limited to: `sagemaker:AddTags` to automl-job, endpoint, endpoint-config, experiment-trial-component, feature-group, hyper-parameter-tuning-job, model, model-package or 54 other types",
        ],
      ] as const
    ).map(([name, action, type, fix]) => ({
      name,
      document: [allow(action, "*")],
      violations: [{ ...STAR, data: { type }, fix }],
    })),
    {
      name: "a pattern of more actions than can be written out, some of which AWS cannot limit",
      document: [allow("sqs:*", "*")],
      violations: [
        {
          message: "pattern",
          path: "Statement[0].Resource",
          fix: "name the actions that the workload uses, and the resources of each: `<service>:<Action>` on `arn:<partition>:<service>:<region>:<account>:<resource>`",
        },
      ],
    },
    {
      name: "variables are literal text in the old version, and a star is a star",
      document: { Version: "2008-10-17", Statement: [allow("s3:GetObject", "arn:aws:s3:::*")] },
      violations: [STAR],
    },
  ],
};
