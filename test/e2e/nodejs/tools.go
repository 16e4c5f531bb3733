//go:build tools

// Pulumi's Node language host. It has since become a Go module of its own, which no proxy serves; this is the last version that
// is a part of the SDK. It runs programs, and cannot start policy packs from their folder.
package tools

import _ "github.com/pulumi/pulumi/sdk/v3/nodejs/cmd/pulumi-language-nodejs"
