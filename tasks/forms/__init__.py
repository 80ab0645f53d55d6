"""Forms in Prefect: laid out, waited for, their answers read and recorded by the service."""
