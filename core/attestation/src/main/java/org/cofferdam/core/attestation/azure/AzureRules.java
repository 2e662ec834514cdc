// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.core.attestation.azure;

import org.cofferdam.core.attestation.Rule;

/** The rules that tie Azure's vTPM to the hardware. */
final class AzureRules {
  private AzureRules() {}

  static final Rule RUNTIME_DATA =
      Rule.proof(
          "azure.runtime-data",
          "Only the hash in the hardware's report ties the vTPM's key to this VM.",
          "Send HCL report and quote of one VM, unchanged.");

  static final Rule QUOTE_GIVEN =
      Rule.proof(
          "azure.vtpm-quote.given",
          "The report alone carries no challenge: it may be years old.",
          "Send a fresh quote of the vTPM.");

  static final Rule TD_QUOTE_GIVEN =
      Rule.proof(
          "azure.td-quote.given",
          "A TDREPORT can be checked on its own machine only.",
          "Have the report turned into a quote, and send both.");

  static final Rule TD_QUOTE =
      Rule.proof(
          "azure.td-quote",
          "A quote of another VM says nothing of this one.",
          "Have this VM's report turned into a quote.");

  static final Rule AK_CERTIFICATE =
      Rule.proof(
          "azure.ak-certificate.key",
          "A certificate of another key says nothing of this one.",
          "Send the certificate of this VM's attestation key.");
}
