//go:build tools

// A checker of GitHub's workflows.
package tools

import _ "github.com/rhysd/actionlint/cmd/actionlint"
