// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors

// The peers go-sev-guest, go-tdx-guest and go-tpm-tools behind a pipe. A line in is
//
//	ID TAB snp TAB REPORT TAB UNIX-SECONDS TAB VEK.der TAB CHAIN.pem
//	ID TAB tdx TAB QUOTE TAB UNIX-SECONDS
//	ID TAB gce TAB ATTESTATION.pb TAB UNIX-SECONDS TAB NONCE-HEX
//
// and a line out is ID TAB error, where no error means that the peer verified it.
package main

import (
	"bufio"
	"crypto"
	"encoding/hex"
	"encoding/pem"
	"fmt"
	"os"
	"strconv"
	"strings"
	"time"

	"github.com/google/go-sev-guest/abi"
	spb "github.com/google/go-sev-guest/proto/sevsnp"
	snp "github.com/google/go-sev-guest/verify"
	tdx "github.com/google/go-tdx-guest/verify"
	pb "github.com/google/go-tpm-tools/proto/attest"
	"github.com/google/go-tpm-tools/server"
	"github.com/google/go-tpm/legacy/tpm2"
	"google.golang.org/protobuf/proto"
)

func read(path string) []byte {
	content, err := os.ReadFile(path)
	if err != nil {
		panic(err)
	}
	return content
}

func verifySnp(parts []string, at time.Time) error {
	report, err := abi.ReportToProto(read(parts[2]))
	if err != nil {
		return err
	}
	chain := &spb.CertificateChain{}
	signer, err := abi.ParseSignerInfo(report.GetSignerInfo())
	if err != nil {
		return err
	}
	if signer.SigningKey == abi.VlekReportSigner {
		chain.VlekCert = read(parts[4])
	} else {
		chain.VcekCert = read(parts[4])
	}
	rest := read(parts[5])
	for i := 0; ; i++ {
		block, more := pem.Decode(rest)
		if block == nil {
			break
		}
		if i == 0 {
			chain.AskCert = block.Bytes
		} else {
			chain.ArkCert = block.Bytes
		}
		rest = more
	}
	options := snp.DefaultOptions()
	options.DisableCertFetching = true
	options.Now = at
	return snp.SnpAttestation(&spb.Attestation{Report: report, CertificateChain: chain}, options)
}

func verifyTdx(parts []string, at time.Time) error {
	options := tdx.DefaultOptions()
	options.Now = at
	return tdx.RawTdxQuote(read(parts[2]), options)
}

func verifyGce(parts []string) error {
	attestation := &pb.Attestation{}
	if err := proto.Unmarshal(read(parts[2]), attestation); err != nil {
		return err
	}
	nonce, err := hex.DecodeString(parts[4])
	if err != nil {
		return err
	}
	public, err := tpm2.DecodePublic(attestation.GetAkPub())
	if err != nil {
		return err
	}
	key, err := public.Key()
	if err != nil {
		return err
	}
	_, err = server.VerifyAttestation(attestation, server.VerifyOpts{
		Nonce:      nonce,
		TrustedAKs: []crypto.PublicKey{key},
	})
	return err
}

// verify answers with an error also where the peer panics.
func verify(parts []string, at time.Time) (err error) {
	defer func() {
		if cause := recover(); cause != nil {
			err = fmt.Errorf("PANIC %v", cause)
		}
	}()
	switch parts[1] {
	case "snp":
		return verifySnp(parts, at)
	case "tdx":
		return verifyTdx(parts, at)
	case "gce":
		return verifyGce(parts)
	}
	return fmt.Errorf("unknown kind %s", parts[1])
}

func main() {
	lines := bufio.NewScanner(os.Stdin)
	for lines.Scan() {
		parts := strings.Split(lines.Text(), "\t")
		seconds, err := strconv.ParseInt(parts[3], 10, 64)
		if err != nil {
			panic(err)
		}
		err = verify(parts, time.Unix(seconds, 0))
		text := ""
		if err != nil {
			text = strings.NewReplacer("\n", " ", "\t", " ").Replace(err.Error())
		}
		fmt.Printf("%s\t%s\n", parts[0], text)
	}
}
