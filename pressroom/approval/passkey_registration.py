"""Reads what a browser returns when a person creates a passkey: the passkey, to be listed in `source/people.toml`.

Where the authenticator comes from (its attestation) is not asked: people are listed by a reviewed change of the file.
"""

from __future__ import annotations

from typing import Final

from fido2 import cbor
from fido2.webauthn import AttestationObject

from pressroom.approval.passkey import Passkey, passkey_of, rp_id_of
from pressroom.approval.passkey_signature import check_client_data, check_flags
from pressroom.border import border

_CREATE: Final = "webauthn.create"
_LARGEST: Final = 16_000


def read_registration(
    client_data: bytes, attestation: bytes, *, origin: str, challenge: bytes, label: str = ""
) -> Passkey:
    """The passkey that was made on a page of this origin, for this challenge (WebAuthn Level 3, 7.1).

    Raises ValueError with what is wrong: another page or challenge, no verified person, a key that is not accepted.
    """
    if len(client_data) + len(attestation) > _LARGEST:
        raise ValueError("it is too long")
    check_client_data(client_data, _CREATE, origin, challenge)
    with border():
        data = AttestationObject(attestation).auth_data
        check_flags(data, rp_id_of(origin))
        made = data.credential_data
        if made is None:
            raise ValueError("it has no new credential in it")
        # In its one form, in whatever order the authenticator wrote it.
        cose = cbor.encode(dict(made.public_key))
    return passkey_of("", origin, bytes(made.credential_id), cose, label)
