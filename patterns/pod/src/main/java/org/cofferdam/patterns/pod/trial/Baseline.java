// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.patterns.pod.trial;

import java.util.List;

/**
 * The policy that tools write which only close the shell: all is allowed but exec and SetPolicy.
 */
final class Baseline {
  private static final List<String> REQUESTS =
      List.of(
          "AddARPNeighborsRequest",
          "AddSwapPathRequest",
          "AddSwapRequest",
          "CloseStdinRequest",
          "CopyFileRequest",
          "CreateContainerRequest",
          "CreateSandboxRequest",
          "DestroySandboxRequest",
          "GetDiagnosticDataRequest",
          "GetIPTablesRequest",
          "GetMetricsRequest",
          "GetOOMEventRequest",
          "GuestDetailsRequest",
          "ListInterfacesRequest",
          "ListRoutesRequest",
          "MemAgentCompactConfig",
          "MemAgentMemcgConfig",
          "MemHotplugByProbeRequest",
          "OnlineCPUMemRequest",
          "PauseContainerRequest",
          "ReadStreamRequest",
          "RemoveContainerRequest",
          "RemoveStaleVirtiofsShareMountsRequest",
          "ReseedRandomDevRequest",
          "ResizeVolumeRequest",
          "ResumeContainerRequest",
          "SetGuestDateTimeRequest",
          "SetIPTablesRequest",
          "SignalProcessRequest",
          "StartContainerRequest",
          "StatsContainerRequest",
          "TtyWinResizeRequest",
          "UpdateContainerRequest",
          "UpdateEphemeralMountsRequest",
          "UpdateInterfaceRequest",
          "UpdateRoutesRequest",
          "VolumeStatsRequest",
          "WaitProcessRequest",
          "WriteStreamRequest");

  static final String POLICY = policy();

  private Baseline() {}

  private static String policy() {
    StringBuilder text = new StringBuilder("package agent_policy\n\n");
    REQUESTS.forEach(r -> text.append("default ").append(r).append(" := true\n\n"));
    return text.append("default ExecProcessRequest := false\n\ndefault SetPolicyRequest := false\n")
        .toString();
  }
}
