/** Azure container instances: the utility VM's endorsement and the policy in HOST_DATA. */
@NullMarked
package org.cofferdam.core.attestation.uvm;

import org.jspecify.annotations.NullMarked;
