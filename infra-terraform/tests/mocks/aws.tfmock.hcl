# What a mocked AWS answers: the provider refuses what does not look like an ARN.

mock_data "aws_partition" {
  defaults = {
    partition = "aws-us-gov"
  }
}

mock_data "aws_region" {
  defaults = {
    id = "us-gov-west-1"
  }
}

mock_data "aws_caller_identity" {
  defaults = {
    account_id = "111122223333"
  }
}

mock_resource "aws_iam_role" {
  defaults = {
    arn = "arn:aws-us-gov:iam::111122223333:role/mocked"
  }
}

mock_resource "aws_lambda_function" {
  defaults = {
    arn     = "arn:aws-us-gov:lambda:us-gov-west-1:111122223333:function:mocked"
    version = "7"
  }
}

mock_resource "aws_lambda_alias" {
  defaults = {
    arn = "arn:aws-us-gov:lambda:us-gov-west-1:111122223333:function:mocked:live"
  }
}

mock_resource "aws_sfn_state_machine" {
  defaults = {
    arn = "arn:aws-us-gov:states:us-gov-west-1:111122223333:stateMachine:mocked"
  }
}

mock_resource "aws_cloudwatch_log_group" {
  defaults = {
    arn = "arn:aws-us-gov:logs:us-gov-west-1:111122223333:log-group:mocked"
  }
}

mock_resource "aws_cloudwatch_event_bus" {
  defaults = {
    arn = "arn:aws-us-gov:events:us-gov-west-1:111122223333:event-bus/mocked"
  }
}

mock_resource "aws_cloudwatch_event_rule" {
  defaults = {
    arn = "arn:aws-us-gov:events:us-gov-west-1:111122223333:rule/mocked"
  }
}

mock_resource "aws_sqs_queue" {
  defaults = {
    arn = "arn:aws-us-gov:sqs:us-gov-west-1:111122223333:mocked"
    url = "https://sqs.us-gov-west-1.amazonaws.com/111122223333/mocked"
  }
}

mock_resource "aws_sns_topic" {
  defaults = {
    arn = "arn:aws-us-gov:sns:us-gov-west-1:111122223333:mocked"
  }
}

mock_resource "aws_cloudtrail" {
  defaults = {
    arn = "arn:aws-us-gov:cloudtrail:us-gov-west-1:111122223333:trail/mocked"
  }
}

mock_resource "aws_s3_object" {
  defaults = {
    version_id = "v1"
  }
}
