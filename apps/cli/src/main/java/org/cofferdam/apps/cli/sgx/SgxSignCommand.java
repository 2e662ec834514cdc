// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.apps.cli.sgx;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.cofferdam.apps.cli.CommandException;
import org.cofferdam.apps.cli.ExitCode;
import org.cofferdam.apps.cli.OutputOption;
import org.cofferdam.core.bytes.json.Json;
import org.cofferdam.core.evidence.sigstruct.Sigstruct;
import org.cofferdam.core.measurement.gramine.EnclaveSigner;
import org.cofferdam.core.measurement.gramine.SigstructWriter;
import org.cofferdam.patterns.process.gramine.ManifestLint;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Measures an enclave and signs it. */
@Command(
    name = "sign",
    mixinStandardHelpOptions = true,
    description = "Measures an enclave and writes its SIGSTRUCT (app.sig).")
final class SgxSignCommand implements Callable<Integer> {
  @Mixin private EnclaveInputs inputs = new EnclaveInputs();

  @ArgGroup(multiplicity = "1")
  private Key key = new Key();

  /** Where the key is. */
  static final class Key {
    @Option(
        names = "--key",
        required = true,
        paramLabel = "PEM",
        description = "RSA-3072 key with exponent 3, PKCS #8 or PKCS #1.")
    private @Nullable Path pem;

    @Option(
        names = "--pkcs11",
        required = true,
        paramLabel = "URI",
        description =
            "Key in a token (RFC 7512), with module-path and pin-source: pkcs11:slot-id=N;object=O"
                + "?module-path=/usr/lib/softhsm/libsofthsm2.so&pin-source=file:/run/pin")
    private @Nullable String pkcs11;
  }

  @Option(
      names = "--date",
      paramLabel = "YYYY-MM-DD",
      defaultValue = "0000-00-00",
      description =
          "Date in the signature. Default: ${DEFAULT-VALUE}, so that the same inputs give the same"
              + " bytes.")
  private String date = "0000-00-00";

  @Option(
      names = "--production",
      description = "Refuse a manifest with an error finding that is not waived.")
  private boolean production;

  @Option(
      names = "--waive",
      paramLabel = "ID",
      description = "A finding that is accepted; shown in the output.")
  private List<String> waived = new ArrayList<>();

  @Option(names = "-o", required = true, paramLabel = "FILE", description = "Where to write it.")
  private Path target = Path.of("app.sig");

  @Mixin private OutputOption output = new OutputOption();
  @Spec private CommandSpec spec;

  @Override
  public Integer call() throws IOException {
    EnclaveInputs.Enclave enclave = inputs.read();
    List<ManifestLint.Finding> findings = ManifestLint.check(enclave.manifest());
    if (production) {
      for (ManifestLint.Finding finding : findings) {
        if (finding.error() && !waived.contains(finding.id())) {
          Findings.print(findings, spec.commandLine().getErr());
          throw new CommandException(
              ExitCode.REFUSED,
              finding.key() + " is not for production: " + finding.message(),
              "Fix it (" + finding.fix() + "), or give --waive " + finding.id() + ".");
        }
      }
    }
    Sigstruct signed = sign(enclave);
    Files.write(target, signed.encoded().toArray());
    if (output.json()) {
      Json.Builder json = Json.object();
      signed.fields().members().forEach(json::put);
      output.print(
          json.put("findings", Findings.json(findings))
              .put("waived", new Json.Arr(waived.stream().<Json>map(Json.Str::new).toList()))
              .build());
    } else {
      spec.commandLine().getOut().println("mrenclave " + signed.mrEnclave().hex());
      spec.commandLine().getOut().println("mrsigner  " + signed.mrSigner().hex());
      spec.commandLine().getOut().println("wrote     " + target);
      Findings.print(findings, spec.commandLine().getErr());
    }
    return ExitCode.OK;
  }

  private Sigstruct sign(EnclaveInputs.Enclave enclave) throws IOException {
    try (SigningKey signer = open()) {
      return SigstructWriter.sign(enclave.mrEnclave(), enclave.settings(), date, signer);
    } catch (IllegalArgumentException e) {
      throw CommandException.usage(
          String.valueOf(e.getMessage()),
          "Keys are made with: openssl genrsa -3 3072; dates are YYYY-MM-DD.");
    } catch (GeneralSecurityException e) {
      throw new CommandException(
          ExitCode.UNDECIDED,
          "the key did not sign: " + e.getMessage(),
          "Check the token, the PIN and the key's name.",
          e);
    }
  }

  private SigningKey open() throws IOException, GeneralSecurityException {
    if (key.pem != null) {
      return PemKey.read(key.pem);
    }
    if (key.pkcs11 != null) {
      return TokenKey.open(key.pkcs11);
    }
    throw new IllegalStateException("neither key nor token");
  }

  /** A key that is given back after use. */
  interface SigningKey extends EnclaveSigner, AutoCloseable {
    @Override
    void close();
  }
}
