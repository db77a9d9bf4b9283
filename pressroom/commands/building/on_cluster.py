"""Makes pieces on the workers of a cluster instead of this machine's."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from pressroom.executor.cluster import Cluster, ClusterExecutor
from pressroom.executor.guest import Terms
from pressroom.language import Language
from pressroom.planning.versions import engine_build
from pressroom.planning.worker_setup import worker_setup
from pressroom.production.task import SHARED, Rendered, Task, language_of
from pressroom.workspace.workspace import Workspace

_PREPARE: Final = "pressroom.planning.worker_setup:setup_differences"


def cluster_executor(
    workspace: Workspace, cluster: Cluster, function: str, languages: Sequence[Language]
) -> ClusterExecutor[Task, Rendered]:
    """An executor for pieces in these languages, after `prepare_fonts`.

    Raises:
        DiagnosticError: the cluster can't be reached.
    """
    terms = Terms(function, engine_build(), _PREPARE)
    return ClusterExecutor(cluster, terms, worker_setup(workspace, languages), shared=SHARED, kind=language_of)
