CREATE DATABASE prefect OWNER reviewflow;
