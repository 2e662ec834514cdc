// SPDX-License-Identifier: Apache-2.0
// Copyright The Cofferdam Authors
package org.cofferdam.patterns.pod.trial;

import java.util.ArrayList;
import java.util.List;
import org.cofferdam.core.bytes.json.Json;

/** What a control plane can try on the guest itself: its clock, memory and network. */
final class MachinePowers {
  private final List<Json> start;
  private final List<Power> powers = new ArrayList<>();

  private MachinePowers(List<Json> start) {
    this.start = start;
  }

  /**
   * @param start the requests of an honest start; the second to the fourth set up the network
   */
  static List<Power> all(List<Json> start) {
    MachinePowers all = new MachinePowers(start);
    all.machine();
    all.network();
    return all.powers;
  }

  private void running(String id, String what, Json attack) {
    powers.add(new Power(id, what, start, List.of(attack), null));
  }

  private void machine() {
    running(
        "clock",
        "Set the guest's clock.",
        HonestHost.request(
            "SetGuestDateTimeRequest", Json.object().put("Sec", 0).put("Usec", 0).build()));
    running(
        "randomness",
        "Feed the guest's random numbers.",
        HonestHost.request(
            "ReseedRandomDevRequest", Json.object().put("data", Json.array(List.of())).build()));
    running(
        "memory-probe",
        "Add memory by probing.",
        HonestHost.request(
            "MemHotplugByProbeRequest",
            Json.object().put("memHotplugProbeAddr", Json.array(List.of())).build()));
    running(
        "metrics",
        "Read the agent's metrics.",
        HonestHost.request("GetMetricsRequest", Json.object().build()));
    running(
        "memory-agent",
        "Tune how the guest gives memory back.",
        HonestHost.request("MemAgentMemcgConfig", Json.object().build()));
  }

  private void network() {
    Json iface = start.get(1).asObject("r").require("request");
    running(
        "interface-loopback",
        "Take over the loopback interface.",
        HonestHost.request(
            "UpdateInterfaceRequest",
            HostileHost.edit(iface, "add", "/interface/name", Json.of("lo"))));
    running(
        "interface-flags",
        "Set flags of an interface.",
        HonestHost.request(
            "UpdateInterfaceRequest",
            HostileHost.edit(iface, "add", "/interface/raw_flags", Json.of(64))));
    Json routes = start.get(2).asObject("r").require("request");
    running(
        "route-loopback",
        "Route by the loopback interface.",
        HonestHost.request(
            "UpdateRoutesRequest",
            HostileHost.edit(routes, "add", "/routes/Routes/0/device", Json.of("lo"))));
    Json arp = start.get(3).asObject("r").require("request");
    running(
        "neighbour-loopback",
        "Name a neighbour at a loopback address.",
        HonestHost.request(
            "AddARPNeighborsRequest",
            HostileHost.edit(
                arp,
                "add",
                "/neighbors/ARPNeighbors/0/toIPAddress/address",
                Json.of("127.0.0.1"))));
    running(
        "iptables",
        "Change the guest's packet filter.",
        HonestHost.request(
            "SetIPTablesRequest",
            Json.object().put("is_ipv6", false).put("data", Json.array(List.of())).build()));
    running(
        "interfaces-listed",
        "List the guest's interfaces.",
        HonestHost.request("ListInterfacesRequest", Json.object().build()));
  }
}
