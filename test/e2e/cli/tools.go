//go:build tools

// The Pulumi CLI at the version of go.mod: what the tests build where none is installed.
package tools

import _ "github.com/pulumi/pulumi/pkg/v3/cmd/pulumi"
