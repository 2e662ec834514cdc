// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.apps.cli.measure;

import java.io.IOException;
import java.util.concurrent.Callable;
import org.cofferdam.apps.cli.ExitCode;
import org.cofferdam.apps.cli.OutputOption;
import org.cofferdam.apps.cli.sgx.EnclaveInputs;
import org.cofferdam.core.bytes.json.Json;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** MRENCLAVE of an enclave that Gramine's loader builds. */
@Command(
    name = "sgx",
    mixinStandardHelpOptions = true,
    description = "Computes MRENCLAVE of an enclave that Gramine's loader builds.")
final class MeasureSgxCommand implements Callable<Integer> {
  @Mixin private EnclaveInputs inputs = new EnclaveInputs();
  @Mixin private OutputOption output = new OutputOption();
  @Spec private CommandSpec spec;

  @Override
  public Integer call() throws IOException {
    String mrEnclave = inputs.read().mrEnclave().hex();
    if (output.json()) {
      output.print(Json.object().put("mrenclave", mrEnclave).build());
    } else {
      spec.commandLine().getOut().println(mrEnclave);
    }
    return ExitCode.OK;
  }
}
