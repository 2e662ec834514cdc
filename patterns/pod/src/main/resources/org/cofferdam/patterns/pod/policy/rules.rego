# SPDX-License-Identifier: Apache-2.0
# Copyright The Cofferdam Authors
#
# What a pod's control plane may ask of the agent in its guest. The facts of the pod are in
# policy_data, which follows these rules in a policy; comments are left out there. A rule that is not
# met is undefined, and every default is false unless the request does no harm: nothing is allowed by
# what it fails to say. Reads as Rego v0 and v1.
package agent_policy

import future.keywords.every
import future.keywords.if
import future.keywords.in

# Requests that end or observe, and give nothing to the guest and take nothing out of it.
default DestroySandboxRequest := true

default GetOOMEventRequest := true

default GuestDetailsRequest := true

default OnlineCPUMemRequest := true

default RemoveStaleVirtiofsShareMountsRequest := true

default SignalProcessRequest := true

default StatsContainerRequest := true

default TtyWinResizeRequest := true

default WaitProcessRequest := true

# Requests that no pod needs.
default AddSwapPathRequest := false

default AddSwapRequest := false

default GetIPTablesRequest := false

default GetMetricsRequest := false

default ListInterfacesRequest := false

default ListRoutesRequest := false

default MemAgentCompactConfig := false

default MemAgentMemcgConfig := false

default MemHotplugByProbeRequest := false

default PauseContainerRequest := false

default ReseedRandomDevRequest := false

default ResizeVolumeRequest := false

default ResumeContainerRequest := false

default SetGuestDateTimeRequest := false

default SetIPTablesRequest := false

default SetPolicyRequest := false

default StartTracingRequest := false

default StopTracingRequest := false

default UpdateContainerRequest := false

default VolumeStatsRequest := false

# Requests that the settings decide.
default CloseStdinRequest := false

CloseStdinRequest if "CloseStdinRequest" in policy_data.allow

default GetDiagnosticDataRequest := false

GetDiagnosticDataRequest if "GetDiagnosticDataRequest" in policy_data.allow

default ReadStreamRequest := false

ReadStreamRequest if "ReadStreamRequest" in policy_data.allow

default UpdateEphemeralMountsRequest := false

UpdateEphemeralMountsRequest if "UpdateEphemeralMountsRequest" in policy_data.allow

default WriteStreamRequest := false

WriteStreamRequest if "WriteStreamRequest" in policy_data.allow

# Requests that are looked into.
default AddARPNeighborsRequest := false

default CopyFileRequest := false

default CreateContainerRequest := false

default CreateSandboxRequest := false

default ExecProcessRequest := false

default RemoveContainerRequest := false

default StartContainerRequest := false

default UpdateInterfaceRequest := false

default UpdateRoutesRequest := false

# --- values

# A field that is absent or null has the value that its protocol gives it.
field(object_, name, absent) := value if {
	value := object_[name]
	value != null
} else := absent

blank(value) if value in [null, "", false, 0, [], {}]

lenient if policy_data.lenient == true

# An expected text is itself, or {"re": pattern} with placeholders.
fits(expected, found) if {
	is_string(expected)
	expected == found
}

fits(expected, found) if {
	is_object(expected)
	is_string(found)
	regex.match(filled(expected.re), found)
}

# --- the container that is asked for

oci := field(input, "OCI", {})

process := field(oci, "Process", {})

linux := field(oci, "Linux", {})

user := field(process, "User", {})

annotations := field(oci, "Annotations", {})

annotation(name) := field(annotations, name, "")

mounts := field(oci, "Mounts", [])

storages := field(input, "storages", [])

bundle_id := id if {
	path := field(field(oci, "Root", {}), "Path", "")
	parts := split(policy_data.root_path, "$(bundle-id)")
	count(parts) == 2
	startswith(path, parts[0])
	endswith(path, parts[1])
	id := substring(path, count(parts[0]), (count(path) - count(parts[0])) - count(parts[1]))
	regex.match("^[a-z0-9][a-z0-9-]{0,127}$", id)
}

sandbox_id := id if {
	id := annotation("io.kubernetes.cri.sandbox-id")
	regex.match(policy_data.sandbox_id, id)
	regex.match("^[a-z0-9-]+$", id)
}

sandbox_name := name if {
	name := annotation("io.kubernetes.cri.sandbox-name")
	regex.match("^[a-z0-9][a-z0-9.-]{0,252}$", name)
}

sandbox_namespace := name if {
	name := annotation("io.kubernetes.cri.sandbox-namespace")
	regex.match("^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$", name)
}

# A name in a pattern: its dots are no wildcards.
literal(text) := replace(text, ".", "\\.")

filled(pattern) := text if {
	one := replace(pattern, "$(bundle-id)", bundle_id)
	two := replace(one, "$(sandbox-id)", sandbox_id)
	three := replace(two, "$(sandbox-name)", literal(sandbox_name))
	text := replace(three, "$(sandbox-namespace)", sandbox_namespace)
}

is_sandbox if {
	annotation("io.kubernetes.cri.container-type") == "sandbox"
	annotation("io.katacontainers.pkg.oci.container_type") == "pod_sandbox"
}

is_container if {
	annotation("io.kubernetes.cri.container-type") == "container"
	annotation("io.katacontainers.pkg.oci.container_type") == "pod_container"
}

candidate := index if {
	is_sandbox
	some index, c in policy_data.containers
	c.kind == "sandbox"
}

candidate := index if {
	is_container
	some index, c in policy_data.containers
	c.kind != "sandbox"
	c.name == annotation("io.kubernetes.cri.container-name")
}

CreateContainerRequest := {"allowed": true, "ops": create_ops} if {
	c := policy_data.containers[candidate]
	check_nothing_else
	check_ids(c)
	check_sandbox(c)
	check_namespace
	check_network
	check_version
	check_root(c)
	check_annotations(c)
	check_image(c)
	check_args(c)
	check_env(c)
	check_cwd(c)
	check_user(c)
	check_capabilities(c)
	check_privileges(c)
	check_mounts(c)
	check_storages(c)
	check_devices(c)
	check_linux(c)
	check_sysctls(c)
	check_once(c)
	check_order(c)
}

# Fields that no container of a pod has.
check_nothing_else if {
	resources := field(linux, "Resources", {})
	every value in [
		field(input, "shared_mounts", null),
		field(input, "string_user", null),
		field(oci, "Hooks", null),
		field(oci, "Solaris", null),
		field(oci, "Windows", null),
		field(linux, "GIDMappings", null),
		field(linux, "UIDMappings", null),
		field(linux, "MountLabel", null),
		field(linux, "RootfsPropagation", null),
		field(linux, "IntelRdt", null),
		field(linux, "Seccomp", null),
		field(resources, "Devices", null),
		field(resources, "BlockIO", null),
		field(resources, "Network", null),
		field(resources, "Pids", null),
		field(process, "SelinuxLabel", null),
		field(user, "Username", null),
	] {
		blank(value)
	}
}

# The ids are those of one container and one sandbox.
check_ids(c) if {
	regex.match("^[a-zA-Z0-9_-]{0,128}$", field(input, "container_id", ""))
	bundle := field(annotations, "io.katacontainers.pkg.oci.bundle_path", concat("", [policy_data.bundle_path, bundle_id]))
	bundle == concat("", [policy_data.bundle_path, bundle_id])
	field(data.pstate, "sandbox_id", sandbox_id) == sandbox_id
	ids_agree(c)
}

ids_agree(_) if lenient

ids_agree(c) if {
	c.kind != "sandbox"
	input.container_id == bundle_id
	field(data.pstate, "sandbox_id", "") == sandbox_id
}

ids_agree(c) if {
	c.kind == "sandbox"
	input.container_id == bundle_id
	sandbox_id == bundle_id
}

check_sandbox(c) if {
	fits(policy_data.sandbox_name, sandbox_name)
	field(data.pstate, "sandbox_name", sandbox_name) == sandbox_name
	field(input, "sandbox_pidns", false) == c.pidns
	log_directory(c)
}

log_directory(c) if {
	c.kind == "sandbox"
	found := annotation("io.kubernetes.cri.sandbox-log-directory")
	found != ""
	regex.match(filled(policy_data.log_directory), found)
}

log_directory(c) if c.kind != "sandbox"

check_namespace if {
	field(policy_data, "namespace", sandbox_namespace) == sandbox_namespace
	field(data.pstate, "namespace", sandbox_namespace) == sandbox_namespace
}

network := path if {
	paths := [field(n, "Path", "") | some n in field(linux, "Namespaces", []); field(n, "Type", "") == "network"]
	count(paths) < 2
	path := concat("", paths)
}

# All containers of the pod are in the network namespace of the first.
check_network if field(data.pstate, "network", network) == network

check_version if field(oci, "Version", "") in policy_data.oci_versions

check_root(c) if {
	bundle_id
	field(field(oci, "Root", {}), "Readonly", false) == c.readonly
}

check_annotations(c) if {
	every key, value in annotations {
		known_annotation(c, key, value)
	}
}

known_annotation(_, key, _) if startswith(key, "io.kubernetes.cri.")

known_annotation(c, key, value) if {
	some k, v in c.annotations
	k == key
	fits(v, value)
}

known_annotation(c, key, value) if {
	some p in c.annotation_patterns
	regex.match(p.key, key)
	regex.match(filled(p.value), value)
}

# The image that the guest pulls is the image of the pod.
check_image(c) if {
	named(c, annotations)
	pulls := [s | some s in storages; field(s, "driver", "") == "image_guest_pull"]
	count(pulls) in pull_counts
	every s in pulls {
		s.source in c.pulls
		field(s, "fstype", "") == "overlay"
		blank(field(s, "options", null))
		field(s, "mount_point", "") == concat("", ["/run/kata-containers/", bundle_id, "/rootfs"])
		pull_metadata(c, field(s, "driver_options", []))
	}
}

pull_counts := [1] if {
	policy_data.guest_pull
	not lenient
} else := [0, 1] if policy_data.guest_pull

else := [0]

pull_metadata(_, options) if {
	options == []
	lenient
}

pull_metadata(c, options) if {
	count(options) == 1
	startswith(options[0], "image_guest_pull=")
	metadata := field(json.unmarshal(substring(options[0], 17, -1)), "metadata", {})
	named(c, metadata)
	kind := annotation("io.kubernetes.cri.container-type")
	field(metadata, "io.kubernetes.cri.container-type", kind) == kind
}

# The pause image is not named: the guest has it.
named(c, _) if c.kind == "sandbox"

named(c, where) if {
	c.kind != "sandbox"
	field(where, "io.kubernetes.cri.image-name", c.images[0]) in c.images
}

check_args(c) if {
	found := field(process, "Args", [])
	count(found) == count(c.args)
	every i, expected in c.args {
		fits(expected, found[i])
	}
}

check_env(c) if {
	env_known(c, field(process, "Env", []))
	env_complete(c, field(process, "Env", []))
}

env_known(c, found) if {
	every entry in found {
		env_entry(c, entry)
	}
}

env_entry(c, entry) if {
	some expected in c.env
	fits(expected, entry)
}

# What the node adds may not stand in for what the pod says.
env_entry(c, entry) if {
	some pattern in policy_data.env_patterns
	regex.match(pattern, entry)
	not split(entry, "=")[0] in c.env_names
}

env_complete(_, _) if lenient

env_complete(c, found) if {
	every expected in c.env {
		some entry in found
		fits(expected, entry)
	}
}

check_cwd(c) if field(process, "Cwd", "") == c.cwd

check_user(c) if same_user(c, user)

same_user(c, found) if {
	field(found, "UID", 0) == c.uid
	field(found, "GID", 0) == c.gid
	{g | some g in field(found, "AdditionalGids", [])} == {g | some g in c.groups}
}

capability_set(list) := {replace(name, "CAP_", "") | some name in list}

check_capabilities(c) if {
	found := field(process, "Capabilities", {})
	every name, expected in c.capabilities {
		capability_set(field(found, name, [])) == capability_set(expected)
	}
}

# An older runtime may leave the sets of the sandbox out: it has nothing but pause.
check_capabilities(c) if {
	c.kind == "sandbox"
	blank(field(process, "Capabilities", null))
}

check_privileges(c) if {
	field(process, "NoNewPrivileges", false) == c.no_new_privileges
	field(process, "Terminal", false) == c.terminal
}

check_mounts(c) if {
	count({field(m, "destination", "") | some m in mounts}) == count(mounts)
	every m in mounts {
		some expected in c.mounts
		expected.destination == m.destination
		mount_fits(expected, m)
	}
	apart(c)
}

mount_fits(expected, found) if {
	field(found, "type_", "") == expected.type
	mount_options(expected, field(found, "options", []))
	mount_source(expected, field(found, "source", ""))
}

mount_options(expected, found) if found == expected.options

mount_options(expected, found) if {
	expected.type == "cgroup"
	n := count(expected.options)
	array.slice(found, 0, n) == expected.options
	extras := array.slice(found, n, count(found))
	every option in extras {
		option in policy_data.cgroup_extras
	}
	count({o | some o in extras}) == count(extras)
}

mount_source(expected, found) if {
	not expected.device
	not startswith(expected.source, "^")
	not startswith(expected.source, "$(sfprefix)")
	expected.source == found
}

mount_source(expected, found) if {
	not expected.device
	startswith(expected.source, "^")
	regex.match(filled(expected.source), found)
	not ".." in split(found, "/")
}

mount_source(expected, found) if {
	not expected.device
	startswith(expected.source, "$(sfprefix)")
	regex.match(filled(replace(expected.source, "$(sfprefix)", policy_data.prefix)), found)
	not ".." in split(found, "/")
}

# A block device of the guest, mounted where its storage says.
mount_source(expected, found) if {
	expected.device
	some s in storages
	field(s, "driver", "") in ["blk", "scsi"]
	s.mount_point == found
}

# Two volumes are never one device.
apart(c) if {
	every m in mounts {
		every other in mounts {
			same_source_same_volume(c, m, other)
		}
	}
}

same_source_same_volume(_, m, other) if field(m, "source", "") != field(other, "source", "")

same_source_same_volume(c, m, other) if volume_of(c, m.destination) == volume_of(c, other.destination)

volume_of(c, destination) := name if {
	some m in c.mounts
	m.destination == destination
	name := field(m, "volume", "")
}

check_storages(c) if {
	others := [s | some s in storages; field(s, "driver", "") != "image_guest_pull"]
	count(others) == storage_count(c, others)
	count({field(s, "mount_point", "") | some s in others}) <= count(others)
	every s in others {
		some expected in c.storages
		storage_fits(expected, s)
	}
	every expected in c.storages {
		storage_used(expected, others)
	}
}

storage_count(c, others) := 0 if {
	lenient
	count(others) == 0
} else := count(c.storages)

storage_used(_, others) if {
	lenient
	count(others) == 0
}

storage_used(expected, others) if {
	some s in others
	storage_fits(expected, s)
}

storage_fits(expected, s) if {
	field(s, "fstype", "") == expected.fstype
	field(s, "driver_options", []) == expected.driver_options
	field(s, "options", []) == expected.options
	field(s, "shared", false) == expected.shared
	group_fits(expected, field(s, "fs_group", null))
	storage_place(expected, s)
}

group_fits(_, found) if found == null

group_fits(expected, found) if field(found, "group_id", -1) == field(expected, "group", -2)

storage_place(expected, s) if {
	expected.driver == ""
	s.driver in ["blk", "scsi"]
	regex.match("^[0-9a-fA-F/:.]{1,64}$", s.source)
	s.mount_point == concat("/", [policy_data.storage_path, base64url.encode(s.source)])
}

storage_place(expected, s) if {
	expected.driver != ""
	s.driver == expected.driver
	storage_text(expected.source, field(s, "source", ""))
	storage_text(expected.mount_point, field(s, "mount_point", ""))
	not ".." in split(s.mount_point, "/")
}

storage_text(expected, found) if expected == found

storage_text(expected, found) if {
	startswith(expected, "^")
	regex.match(filled(expected), found)
}

storage_text(expected, found) if {
	startswith(expected, "$(sfprefix)")
	regex.match(filled(replace(expected, "$(sfprefix)", policy_data.prefix)), found)
}

check_devices(c) if {
	found := field(input, "devices", [])
	plain := [d | some d in found; not startswith(field(d, "container_path", ""), policy_data.vfio.path)]
	count(plain) == count(c.devices)
	count({d.container_path | some d in plain}) == count(plain)
	every d in plain {
		d.container_path in c.devices
		d.type_ in ["blk", "scsi"]
		blank(field(d, "options", null))
	}
	gpus_fit(c, [d | some d in found; startswith(field(d, "container_path", ""), policy_data.vfio.path)])
}

gpu_numbers := {n |
	some key, value in annotations
	regex.match(policy_data.vfio.annotation, key)
	regex.match(policy_data.vfio.value, value)
	n := regex.replace(key, "^.*[^0-9]", "")
}

gpu_annotations := [key | some key, _ in annotations; startswith(key, "cdi.k8s.io/")]

gpus_fit(c, found) if {
	c.gpus == 0
	count(found) == 0
	count(gpu_annotations) == 0
}

# Plugged in before the guest starts: the annotations alone say so.
gpus_fit(c, found) if {
	c.gpus > 0
	count(found) == 0
	count(gpu_annotations) == c.gpus
	count(gpu_numbers) == c.gpus
	count({annotations[k] | some k in gpu_annotations}) == c.gpus
}

gpus_fit(c, found) if {
	c.gpus > 0
	count(found) == c.gpus
	count(gpu_annotations) == c.gpus
	count({annotations[k] | some k in gpu_annotations}) == c.gpus
	numbers := {replace(d.container_path, policy_data.vfio.path, "") | some d in found}
	count(numbers) == c.gpus
	numbers == gpu_numbers
	every d in found {
		d.type_ == policy_data.vfio.type
		d.id == concat("", ["vfio", replace(d.container_path, policy_data.vfio.path, "")])
		blank(field(d, "vm_path", ""))
	}
}

namespace_type(n) := "mount" if field(n, "Type", "") == "mnt"

else := field(n, "Type", "")

check_linux(c) if {
	namespaces := [n | some n in field(linux, "Namespaces", []); not namespace_type(n) in ["network", "cgroup"]]
	{namespace_type(n) | some n in namespaces} == {"ipc", "uts", "mount"}
	count(namespaces) == 3
	every n in namespaces {
		field(n, "Path", "") == ""
	}
	masked := {p | some p in field(linux, "MaskedPaths", [])}
	readonly := {p | some p in field(linux, "ReadonlyPaths", [])}
	{p | some p in c.masked_paths} - masked == set()
	({p | some p in c.readonly_paths} - masked) - readonly == set()
	every d in field(linux, "Devices", []) {
		field(d, "Path", "") in c.device_nodes
	}
}

check_sysctls(c) if {
	found := field(linux, "Sysctl", {})
	every key, value in found {
		c.sysctls[key] == value
	}
	every key in c.sysctls_stated {
		sysctl_given(found, key)
	}
}

sysctl_given(_, _) if lenient

sysctl_given(found, key) if found[key]

# One container of a name lives at a time.
check_once(c) if {
	running := [id | some id, name in data.pstate; startswith(id, "id-"); name == c.name; id != own_key]
	count(running) == 0
}

own_key := concat("", ["id-", field(input, "container_id", "")])

# The sandbox comes first, then every init container of the pod, started, before what follows it.
check_order(_) if lenient

check_order(c) if c.kind == "sandbox"

check_order(c) if {
	c.kind != "sandbox"
	data.pstate["created-_sandbox"]
	every before in c.after {
		data.pstate[concat("", ["started-", before])]
	}
}

state_op(key, value) := {"op": "add", "path": concat("", ["/pstate/", key]), "value": value}

create_ops := array.concat(pod_ops, container_ops)

pod_ops := [
	state_op("sandbox_name", sandbox_name),
	state_op("sandbox_id", sandbox_id),
	state_op("namespace", sandbox_namespace),
	state_op("network", network),
]

container_ops := [
	state_op(own_key, policy_data.containers[candidate].name),
	state_op(concat("", ["created-", policy_data.containers[candidate].name]), true),
] if input.container_id

else := []

# --- later requests about a container

known_name := data.pstate[own_key]

known_container := c if {
	some c in policy_data.containers
	c.name == known_name
}

StartContainerRequest if lenient

StartContainerRequest := {"allowed": true, "ops": [state_op(concat("", ["started-", known_name]), true)]} if not lenient

RemoveContainerRequest := {"allowed": true, "ops": [{"op": "remove", "path": concat("", ["/pstate/", own_key])}]} if known_name

RemoveContainerRequest := {"allowed": true, "ops": []} if not known_name

ExecProcessRequest if {
	c := known_container
	p := field(input, "process", {})
	blank(field(input, "string_user", null))
	exec_terminal(field(p, "Terminal", false))
	field(p, "NoNewPrivileges", false) == c.no_new_privileges
	field(p, "Cwd", "") == c.cwd
	same_user(c, field(p, "User", {}))
	blank(field(field(p, "User", {}), "Username", ""))
	every _, set in field(p, "Capabilities", {}) {
		blank(set)
	}
	blank(field(p, "SelinuxLabel", ""))
	blank(field(p, "ApparmorProfile", ""))
	exec_env(c, field(p, "Env", []))
	exec_command(c, field(p, "Args", []))
}

exec_terminal(found) if found == false

exec_terminal(found) if {
	found == true
	policy_data.exec.terminal
}

# The process gets the container's environment, with the names that the pod has now.
exec_env(c, found) if {
	every entry in found {
		exec_env_entry(c, entry)
	}
	exec_env_complete(c, found)
}

exec_env_complete(_, _) if lenient

exec_env_complete(c, found) if {
	every expected in c.env {
		exec_env_given(expected, found)
	}
}

exec_env_given(expected, found) if expected in found

exec_env_given(expected, _) if is_object(expected)

exec_env_entry(c, entry) if {
	some expected in c.env
	is_string(expected)
	expected == entry
}

exec_env_entry(c, entry) if {
	some expected in c.env
	is_object(expected)
	name := literal(field(data.pstate, "sandbox_name", ""))
	namespace := field(data.pstate, "namespace", "")
	pattern := replace(replace(expected.re, "$(sandbox-name)", name), "$(sandbox-namespace)", namespace)
	regex.match(pattern, entry)
}

exec_env_entry(c, entry) if {
	some pattern in policy_data.env_patterns
	regex.match(pattern, entry)
	not split(entry, "=")[0] in c.env_names
}

exec_command(c, args) if args in c.exec

exec_command(_, args) if args in policy_data.exec.commands

exec_command(_, args) if {
	some pattern in policy_data.exec.patterns
	regex.match(pattern, concat(" ", args))
}

# --- the sandbox, files and the network

CreateSandboxRequest if {
	blank(field(input, "guest_hook_path", ""))
	blank(field(input, "kernel_modules", null))
	field(input, "sandbox_pidns", false) == false
	found := field(input, "storages", [])
	count({s.mount_point | some s in found}) == count(found)
	every s in found {
		some expected in policy_data.sandbox_storages
		sandbox_storage_fits(expected, s)
	}
}

sandbox_storage_fits(expected, s) if {
	every name in ["driver", "source", "fstype", "mount_point"] {
		field(s, name, "") == field(expected, name, "")
	}
	every name in ["driver_options", "options"] {
		field(s, name, []) == field(expected, name, [])
	}
	blank(field(s, "shared", false))
	field(s, "fs_group", null) == field(expected, "fs_group", null)
}

CopyFileRequest if {
	path := input.path
	regex.match(policy_data.copy.prefix, path)
	rest := regex.replace(path, policy_data.copy.prefix, "")
	regex.match(policy_data.copy.names, rest)
	every step in split(path, "/") {
		not step in ["..", "."]
	}
	copy_type(rest)
}

copy_type(_) if field(input, "file_type", "") in ["Regular", "Directory"]

# A link below a volume, to somewhere below: what the kubelet makes for a ConfigMap.
copy_type(rest) if {
	input.file_type == "Symlink"
	contains(rest, "/")
	target := input.symlink_target
	target != ""
	not startswith(target, "/")
	not ".." in split(target, "/")
}

UpdateInterfaceRequest if {
	i := input.interface
	rule := policy_data.interface
	bits.and(field(i, "raw_flags", 0), bits.negate(rule.flags)) == 0
	not field(i, "name", "") in rule.forbidden_names
	not lower(field(i, "hwAddr", "")) in rule.forbidden_addresses
}

UpdateRoutesRequest if {
	every route in field(field(input, "routes", {}), "Routes", []) {
		not field(route, "device", "") in policy_data.routes.forbidden_devices
		every pattern in policy_data.routes.forbidden_sources {
			not regex.match(pattern, field(route, "source", ""))
		}
	}
}

AddARPNeighborsRequest if {
	rule := policy_data.arp
	every n in field(field(input, "neighbors", {}), "ARPNeighbors", []) {
		not field(n, "device", "") in rule.forbidden_devices
		address := field(n, "toIPAddress", {})
		blank(field(address, "mask", ""))
		every pattern in rule.forbidden_addresses {
			not regex.match(pattern, field(address, "address", ""))
		}
		field(n, "state", 0) in rule.states
		bits.and(field(n, "flags", 0), bits.negate(136)) == 0
	}
}
