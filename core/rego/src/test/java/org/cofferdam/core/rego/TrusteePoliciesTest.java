// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.core.rego;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Optional;
import org.cofferdam.core.rego.value.Json;
import org.cofferdam.core.rego.value.RegoNull;
import org.cofferdam.core.rego.value.RegoString;
import org.cofferdam.core.rego.value.Value;
import org.junit.jupiter.api.Test;

/**
 * Policies of the two kinds that key brokers of confidential containers take: attestation policies
 * give the trust claims of a TEE and ask for reference values by name; resource policies allow or
 * refuse a resource, with the token's claims as input and the request as data.
 */
class TrusteePoliciesTest {
  private static final String ATTESTATION =
      """
      package policy

      import rego.v1

      default executables := 33
      default hardware := 97
      default configuration := 36
      default file_system := 0

      trust_claims := {
        "executables": executables,
        "hardware": hardware,
        "configuration": configuration,
        "file-system": file_system,
      }

      executables := 3 if {
        input.snp
        input.snp.measurement in query_reference_value("snp_launch_measurement")
      }

      hardware := 2 if {
        input.snp
        input.snp.reported_tcb_bootloader in query_reference_value("snp_bootloader")
        input.snp.reported_tcb_microcode in query_reference_value("snp_microcode")
      }

      configuration := 2 if {
        input.snp.policy_debug_allowed == false
        input.snp.policy_smt_allowed in query_reference_value("snp_smt_allowed")
      } else := 3 if {
        input.snp.policy_debug_allowed == false
        not input.snp.policy_migrate_ma
      }

      executables := 4 if {
        input.tdx
        some event in input.tdx.uefi_event_logs
        event.type_name == "EV_EVENT_TAG"
        startswith(event.detail.string, "domain ")
      }

      extensions := [{"name": "ear.trustee.identifiers", "key": -18, "value": ids} |
        ids := {"validated": {"container_uids": [c.uid | some c in input.init_data_claims.containers]}}
      ]
      """;

  private static final String RESOURCE =
      """
      package policy

      default allow = false

      path := data["resource-path"]

      allow {
        data.plugin == "resource"
        count(path) == 3
        path[0] == "default"
        not any_sample
        statuses == {"affirming"}
      }

      statuses[s] { s := input.submods[_]["ear.status"] }

      any_sample {
        input.submods[_]["ear.veraison.annotated-evidence"].sample
      }
      """;

  private static final Map<String, String> REFERENCES =
      Map.of(
          "snp_launch_measurement", "[\"aa\", \"bb\"]",
          "snp_bootloader", "[3]",
          "snp_microcode", "[72, 73]",
          "snp_smt_allowed", "[true]");

  private static Optional<Value> attest(String rule, String input) {
    return new RegoCompiler()
        .builtin(
            new Builtin(
                "query_reference_value",
                1,
                (c, a) -> {
                  String known = REFERENCES.get(((RegoString) a[0]).value());
                  return known == null ? RegoNull.NULL : Json.parse(known);
                }))
        .add("policy.rego", ATTESTATION)
        .compile()
        .evaluate("data.policy." + rule, Json.parse(input), null);
  }

  private static void claims(String input, int executables, int hardware, int configuration) {
    assertThat(attest("trust_claims", input).map(Json::write))
        .contains(
            "{\"configuration\":"
                + configuration
                + ",\"executables\":"
                + executables
                + ",\"file-system\":0,\"hardware\":"
                + hardware
                + "}");
  }

  @Test
  void referenceValuesRaiseTheClaims() {
    claims(
        """
        {"snp": {"measurement": "bb", "reported_tcb_bootloader": 3, "reported_tcb_microcode": 73,
                 "policy_debug_allowed": false, "policy_smt_allowed": true}}
        """,
        3,
        2,
        2);
  }

  @Test
  void anotherMeasurementRaisesNothing() {
    claims(
        """
        {"snp": {"measurement": "cc", "reported_tcb_bootloader": 3, "reported_tcb_microcode": 73,
                 "policy_debug_allowed": false, "policy_smt_allowed": false}}
        """,
        33,
        2,
        3);
  }

  @Test
  void oneOldComponentIsEnoughToLoseTheHardwareClaim() {
    claims(
        """
        {"snp": {"measurement": "aa", "reported_tcb_bootloader": 3, "reported_tcb_microcode": 71,
                 "policy_debug_allowed": true, "policy_smt_allowed": true}}
        """,
        3,
        97,
        36);
  }

  @Test
  void anUnknownTeeHasTheDefaults() {
    claims("{\"sgx\": {\"mr_enclave\": \"aa\"}}", 33, 97, 36);
    claims("{}", 33, 97, 36);
  }

  @Test
  void eventLogsAreSearched() {
    claims(
        """
        {"tdx": {"uefi_event_logs": [{"type_name": "EV_SEPARATOR"},
          {"type_name": "EV_EVENT_TAG", "detail": {"string": "domain operation content"}}]}}
        """,
        4,
        97,
        36);
  }

  @Test
  void aReferenceThatIsNotThereIsNullAndNothingIsInIt() {
    Policy p =
        new RegoCompiler()
            .builtin(new Builtin("query_reference_value", 1, (c, a) -> RegoNull.NULL))
            .add(
                "p.rego",
                "package policy\nallow if { input.m in query_reference_value(\"x\") }\n"
                    + "absent if { query_reference_value(\"x\") == null }")
            .compile();
    assertThat(p.evaluate("data.policy.allow", Json.parse("{\"m\":\"aa\"}"), null)).isEmpty();
    assertThat(p.evaluate("data.policy.absent", null, null)).hasToString("Optional[true]");
  }

  @Test
  void extensionsAreAList() {
    String input =
        "{\"init_data_claims\": {\"containers\": [{\"uid\": \"u1\"}, {\"uid\": \"u2\"}]}}";
    assertThat(attest("extensions", input).map(Json::write))
        .contains(
            "[{\"key\":-18,\"name\":\"ear.trustee.identifiers\",\"value\":"
                + "{\"validated\":{\"container_uids\":[\"u1\",\"u2\"]}}}]");
  }

  private static void allowed(String token, String request, boolean expected) {
    Policy p = new RegoCompiler().v0(true).add("resource.rego", RESOURCE).compile();
    assertThat(p.evaluate("data.policy.allow", Json.parse(token), Json.parse(request)))
        .hasToString("Optional[" + expected + "]");
  }

  @Test
  void aResourcePolicySeesTokenAndRequest() {
    String good = "{\"submods\": {\"cpu0\": {\"ear.status\": \"affirming\"}}}";
    String request = "{\"plugin\": \"resource\", \"resource-path\": [\"default\", \"key\", \"1\"]}";
    allowed(good, request, true);
    allowed(good, request.replace("default", "other"), false);
    allowed(good, request.replace(", \"1\"", ""), false);
    allowed(good, request.replace("resource\", \"r", "pkcs11\", \"r"), false);
    allowed(good.replace("affirming", "contraindicated"), request, false);
    allowed(
        "{\"submods\": {\"cpu0\": {\"ear.status\": \"affirming\"},"
            + " \"gpu0\": {\"ear.status\": \"warning\"}}}",
        request,
        false);
    allowed(
        "{\"submods\": {\"cpu0\": {\"ear.status\": \"affirming\","
            + " \"ear.veraison.annotated-evidence\": {\"sample\": {\"svn\": \"1\"}}}}}",
        request,
        false);
    allowed("{}", request, false);
  }
}
