// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors

// Command evaluate answers Rego queries with OPA: one JSON request a line on standard input, one JSON
// answer a line on standard output. It is the peer of the differential run and of the timing.
package main

import (
	"bufio"
	"context"
	"encoding/json"
	"fmt"
	"os"
	"syscall"
	"time"

	"github.com/open-policy-agent/opa/v1/ast"
	"github.com/open-policy-agent/opa/v1/rego"
	"github.com/open-policy-agent/opa/v1/storage/inmem"
	"github.com/open-policy-agent/opa/v1/topdown"
)

type request struct {
	Modules []string       `json:"modules"`
	Query   string         `json:"query"`
	Input   *any           `json:"input"`
	Data    map[string]any `json:"data"`
	V0      bool           `json:"v0"`
	Strict  bool           `json:"strict"`
	// Whole turns the rule index off, so that no body is left out.
	Whole bool `json:"whole"`
	// Millis asks for timing: the query is evaluated for that long.
	Millis int `json:"millis"`
	// Stub names a built-in of one argument that looks its answer up in data.stub.
	Stub string `json:"stub"`
}

type answer struct {
	Result   []map[string]any `json:"result,omitempty"`
	Code     string           `json:"code,omitempty"`
	Error    string           `json:"error,omitempty"`
	Count    int              `json:"count,omitempty"`
	Nanos    int64            `json:"nanos,omitempty"`
	Compiled int64            `json:"compiled,omitempty"`
	// Processor is the processor time of all threads over the Count evaluations, in nanoseconds.
	Processor int64 `json:"processor,omitempty"`
}

func main() {
	in := bufio.NewScanner(os.Stdin)
	in.Buffer(make([]byte, 1<<20), 1<<27)
	out := bufio.NewWriter(os.Stdout)
	for in.Scan() {
		var r request
		a := answer{}
		if err := json.Unmarshal(in.Bytes(), &r); err != nil {
			a = answer{Code: "request", Error: err.Error()}
		} else {
			a = run(r)
		}
		line, err := json.Marshal(a)
		if err != nil {
			line, _ = json.Marshal(answer{Code: "marshal", Error: err.Error()})
		}
		out.Write(line)
		out.WriteByte('\n')
		out.Flush()
	}
}

func run(r request) (a answer) {
	defer func() {
		if p := recover(); p != nil {
			a = answer{Code: "panic", Error: fmt.Sprint(p)}
		}
	}()
	ctx, cancel := context.WithTimeout(context.Background(), 60*time.Second)
	defer cancel()
	version := ast.RegoV1
	if r.V0 {
		version = ast.RegoV0
	}
	options := []func(*rego.Rego){
		rego.Query(r.Query), rego.SetRegoVersion(version), rego.StrictBuiltinErrors(r.Strict),
	}
	for i, m := range r.Modules {
		options = append(options, rego.Module(fmt.Sprintf("m%d.rego", i), m))
	}
	if r.Data != nil {
		options = append(options, rego.Store(inmem.NewFromObject(r.Data)))
	}
	if r.Stub != "" {
		table := map[string]*ast.Term{}
		for k, v := range r.Data["stub"].(map[string]any) {
			table[k] = ast.NewTerm(ast.MustInterfaceToValue(v))
		}
		options = append(options, rego.Function1(stub(r.Stub), func(_ rego.BuiltinContext, k *ast.Term) (*ast.Term, error) {
			if t, ok := table[string(k.Value.(ast.String))]; ok {
				return t, nil
			}
			return ast.NullTerm(), nil
		}))
	}
	start := time.Now()
	q, err := rego.New(options...).PrepareForEval(ctx)
	compiled := time.Since(start)
	if err != nil {
		return failure(err)
	}
	eval := []rego.EvalOption{rego.EvalRuleIndexing(!r.Whole)}
	if r.Input != nil {
		v, err := ast.InterfaceToValue(*r.Input)
		if err != nil {
			return failure(err)
		}
		eval = append(eval, rego.EvalParsedInput(v))
	}
	rs, err := q.Eval(ctx, eval...)
	if err != nil {
		return failure(err)
	}
	a = answer{Result: []map[string]any{}, Compiled: compiled.Nanoseconds()}
	for _, row := range rs {
		m := map[string]any{}
		for k, v := range row.Bindings {
			m[k] = v
		}
		a.Result = append(a.Result, m)
	}
	if r.Millis > 0 {
		limit := time.Duration(r.Millis) * time.Millisecond
		for warm := time.Now(); time.Since(warm) < limit/2; {
			_, _ = q.Eval(ctx, eval...)
		}
		used := processor()
		begin := time.Now()
		for time.Since(begin) < limit {
			for i := 0; i < 16; i++ {
				if _, err := q.Eval(ctx, eval...); err != nil {
					return failure(err)
				}
			}
			a.Count += 16
		}
		a.Nanos = time.Since(begin).Nanoseconds()
		a.Processor = processor() - used
	}
	return a
}

func processor() int64 {
	var u syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &u); err != nil {
		return 0
	}
	return u.Utime.Nano() + u.Stime.Nano()
}

func failure(err error) answer {
	a := answer{Error: err.Error(), Code: "error"}
	switch e := err.(type) {
	case *topdown.Error:
		a.Code = e.Code
	case rego.Errors:
		if len(e) > 0 {
			return failure(e[0])
		}
	case ast.Errors:
		if len(e) > 0 {
			a.Code = e[0].Code
		}
	case *ast.Error:
		a.Code = e.Code
	}
	return a
}
