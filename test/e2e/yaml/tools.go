//go:build tools

// Pulumi's YAML language host, in a module of its own: it needs another version of the CLI's packages than the CLI.
package tools

import _ "github.com/pulumi/pulumi-yaml/cmd/pulumi-language-yaml"
