/** Azure container instances: Microsoft's endorsement of the utility VM's measurement. */
@NullMarked
package org.cofferdam.core.evidence.uvm;

import org.jspecify.annotations.NullMarked;
