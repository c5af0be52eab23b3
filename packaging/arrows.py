"""The import-linter contract of this project: a package imports only what it is allowed to.

The stock contracts forbid what they name; here whatever is not named is forbidden, so that a new
dependency needs a line in pyproject.toml. Only direct imports count, since each package that may be
imported has a contract of its own.
"""

import sys
from typing import Any

from grimp import ImportGraph
from importlinter import Contract, ContractCheck, fields, output

PROJECT = ("queue_server", "devices", "ui", "kiosk", "simulation")


def within(module: str, packages: set[str]) -> bool:
    """Whether `module` is one of `packages`, or inside one."""
    return any(module == package or module.startswith(f"{package}.") for package in packages)


class OnlyContract(Contract):
    """`package` imports itself, `allow`, the standard library and, of others, `outside`.

    `outside = *` lets every third-party package in; `never` takes back what the rest allows (of the
    standard library too). `apart` leaves modules out that have a contract of their own.
    """

    package = fields.StringField()
    allow = fields.SetField(subfield=fields.StringField(), required=False)
    outside = fields.SetField(subfield=fields.StringField(), required=False)
    never = fields.SetField(subfield=fields.StringField(), required=False)
    apart = fields.SetField(subfield=fields.StringField(), required=False)

    def check(self, graph: ImportGraph, verbose: bool) -> ContractCheck:
        """Go through every direct import of the package."""
        del verbose
        package = str(self.package)
        inside = {module for module in graph.modules if within(module, {package})}
        broken = [
            detail
            for importer in sorted(m for m in inside if not within(m, self.named("apart")))
            for imported in sorted(graph.find_modules_directly_imported_by(importer))
            if not self.may_import(imported)
            for detail in graph.get_import_details(importer=importer, imported=imported)
        ]
        return ContractCheck(kept=bool(inside) and not broken, metadata={"broken": broken})

    def named(self, field: str) -> set[str]:
        """The names in one field of the contract; a field that was left out holds None."""
        return set(getattr(self, field) or ())

    def may_import(self, module: str) -> bool:
        """Whether a module of this package may name `module` in an import."""
        if within(module, self.named("never")):
            return False
        if within(module, {str(self.package)} | self.named("allow")):
            return True
        root = module.partition(".")[0]
        if root in PROJECT:
            return False
        outside = self.named("outside")
        return root in sys.stdlib_module_names or "*" in outside or within(module, outside)

    def render_broken_contract(self, check: ContractCheck) -> None:
        """One line an import; a contract about nothing is broken too."""
        broken: list[dict[str, Any]] = check.metadata["broken"]
        if not broken:
            output.print_error(f"{self.package} does not exist")
        for detail in broken:
            place = f"{detail['importer']}:{detail['line_number']}"
            output.print_error(f"{place}: {detail['line_contents']}")
