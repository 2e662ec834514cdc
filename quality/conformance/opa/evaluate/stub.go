// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors

package main

import (
	"github.com/open-policy-agent/opa/v1/rego"
	"github.com/open-policy-agent/opa/v1/types"
)

// stub declares a host function as a key broker would register it.
func stub(name string) *rego.Function {
	return &rego.Function{
		Name: name,
		Decl: types.NewFunction(types.Args(types.S), types.A),
	}
}
